"""``exlab-gui`` and ``python -m exlab_gui``."""

import gc
import os
import signal
import sys

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
        except KeyboardInterrupt:  # as click ends commands
            sys.exit("\nAborted!")

        # As Ctrl+C does, which click knows itself: what is half written is removed.
        with on_end(lambda number: sys.exit(128 + number), but={signal.SIGINT}):
            command_line(prog_name="exlab-gui")
    gc.disable()  # while everything is imported, there is nothing to collect
    try:
        from exlab_gui.app import run  # no option has to be parsed
    except ImportError as error:
        if missing := missing_of(error):
            sys.exit(f"exlab-gui: {missing}")
        raise
    gc.freeze()  # all of it stays; looking through it again and again takes time
    gc.enable()
    sys.exit(run())


if __name__ == "__main__":
    main()
