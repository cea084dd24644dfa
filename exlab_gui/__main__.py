"""``exlab-gui`` and ``python -m exlab_gui``."""

import gc
import os
import sys


def main() -> None:
    """Run the command line; without arguments open the window at once."""
    if len(sys.argv) > 1 or "_EXLAB_GUI_COMPLETE" in os.environ:
        from exlab_gui.cli import main as command_line

        command_line(prog_name="exlab-gui")
    gc.disable()  # while everything is imported, there is nothing to collect
    from exlab_gui.app import run  # no option has to be parsed

    gc.enable()
    sys.exit(run())


if __name__ == "__main__":
    main()
