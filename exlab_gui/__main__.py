"""``python -m exlab_gui``: the same as the script ``exlab-gui``."""

from exlab_gui.cli import main

main(prog_name="exlab-gui")
