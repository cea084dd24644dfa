"""A program: shows a window, and ends as soon as that has been painted.

With the argument ``exlab-gui`` it is the program's, opened as from the command line; with ``bare``
one of Qt's with nothing in it, and the same modules imported.
"""

import gc
import os
import sys
from typing import Any


def end_with_first_paint(window_class: type[Any]) -> None:
    """Have the process end once a window of that class has been painted."""
    from PySide6.QtCore import QTimer

    def paint_event(_window: object, _event: object) -> None:
        # The children are painted after this, and all of it is put on the screen.
        QTimer.singleShot(0, lambda: os._exit(0))

    window_class.paintEvent = paint_event


def show_program() -> None:
    """Open the program's window."""
    from exlab_gui import __main__

    freeze = gc.freeze

    def imported() -> None:  # what the program calls as soon as it has imported all that it needs
        end_with_first_paint(sys.modules["exlab_gui.app"].MonitorWindow)
        freeze()

    gc.freeze = imported
    sys.argv[1:] = []
    __main__.main()


def show_bare_window() -> None:
    """Open a window with nothing in it."""
    import qasync  # noqa: F401  # as the program
    from PySide6 import QtCore, QtGui, QtSvg, QtWidgets  # noqa: F401  # as the program

    class Window(QtWidgets.QMainWindow):
        pass

    end_with_first_paint(Window)
    app = QtWidgets.QApplication(sys.argv[:1])
    window = Window()
    window.resize(1280, 800)
    window.show()
    app.exec()


if __name__ == "__main__":
    {"exlab-gui": show_program, "bare": show_bare_window}[sys.argv[1]]()
