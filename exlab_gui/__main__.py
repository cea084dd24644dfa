"""``exlab-gui`` and ``python -m exlab_gui``."""

import gc
import os
import signal
import sys
from typing import NoReturn

from exlab_gui.system.display import has_display
from exlab_gui.system.libraries import missing_of
from exlab_gui.system.signals import on_end
from exlab_gui.system.standard_files import reserve_standard_files
from exlab_gui.system.text_encoding import prefer_utf8


def main() -> None:
    """Run the command line; without arguments open the window at once."""
    reserve_standard_files()
    prefer_utf8()
    # Without a display events are printed; click ends quietly if nobody reads them any longer.
    if len(sys.argv) > 1 or "_EXLAB_GUI_COMPLETE" in os.environ or not has_display():
        try:
            from exlab_gui.cli import main as command_line
            from exlab_gui.commands.shared.interrupts import exit_code
        except KeyboardInterrupt:
            _end_early()

        # As Ctrl+C does, which the command line knows itself: what is half written is removed.
        with on_end(lambda number: sys.exit(exit_code(sys.argv[1:], number)), but={signal.SIGINT}):
            command_line(prog_name="exlab-gui")
    gc.disable()  # while everything is imported, there is nothing to collect
    try:
        from exlab_gui.window_program import run  # no option has to be parsed
    except ImportError as error:
        if missing := missing_of(error):
            sys.exit(f"exlab-gui: {missing}")
        raise
    gc.freeze()  # all of it stays; looking through it again and again takes time
    gc.enable()
    sys.exit(run())


def _end_early() -> NoReturn:
    """End as the command does that was to be imported."""
    from exlab_gui.commands.shared.interrupts import exit_code

    if code := exit_code(sys.argv[1:]):
        print("\nAborted!", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
