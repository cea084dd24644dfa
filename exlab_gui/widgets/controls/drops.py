"""Files that are dropped anywhere on a window are dropped on the window."""

from PySide6.QtWidgets import QWidget


def leave_drops_to_window(root: QWidget) -> None:
    """Have `root` and all that is in it now take no drops: Qt offers them to what is around.

    A diagram would refuse a file, and a line of text would take its name for words.
    """
    for widget in (root, *root.findChildren(QWidget)):
        widget.setAcceptDrops(False)
