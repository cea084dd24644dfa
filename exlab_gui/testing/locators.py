"""Finding what the window shows by nothing but the public object names."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QTableView, QWidget

from exlab_gui.core.text.log_columns import KEYS

Q = TypeVar("Q", bound=QObject)

Rows = list["Row"]


class Row(tuple[str, ...]):
    """One row of the log, as the window shows it: times are local.

    Its cells are found by their index or by the key of their column: ``row.state``.
    """

    __slots__ = ()

    def __getattr__(self, column: str) -> str:
        try:
            return self[KEYS.index(column)]
        except ValueError:
            raise AttributeError(f"the log has the columns {', '.join(KEYS)}") from None


def find(window: QWidget, kind: type[Q], name: str) -> Q:
    """Return the object of that kind and name; raises LookupError unless there is exactly one."""
    found = window.findChildren(kind, name)
    if len(found) != 1:
        raise LookupError(f"{len(found)} things in the window are called {name}, not one")
    return found[0]


def transition_buttons(window: QWidget) -> dict[str, QAbstractButton]:
    """Return the buttons that step the session, by the state that each leads to."""
    return {
        button.objectName().removeprefix("transition_"): button
        for button in window.findChildren(QAbstractButton)
        if button.objectName().startswith("transition_")
    }


def rows(window: QWidget) -> Rows:
    """Return the log, row by row, with the text of each column."""
    model = find(window, QTableView, "eventLogView").model()
    columns = range(model.columnCount())
    return [
        Row(str(model.index(row, column).data()) for column in columns)
        for row in range(model.rowCount())
    ]
