"""What our own tests read in the one window that is open, by the public object names."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsObject,
    QGraphicsView,
    QLabel,
    QMainWindow,
    QTableView,
)

from exlab_gui.testing import locators
from exlab_gui.testing.locators import Q, Row, Rows

__all__ = ["Row", "Rows"]


class Seen(NamedTuple):
    """Everything that the window tells of a session."""

    current: str
    states: dict[str, str]
    """The status of each state in the diagram."""
    edges: dict[tuple[str, str], str]
    """The status of each transition in the diagram."""
    enabled: set[str]
    """The states whose buttons can be pressed."""
    tips: dict[str, str]
    """The tool tips of the other buttons."""
    rows: Rows
    """The log, each row with all of its columns."""
    form: bool
    """Whether the input form is seen."""


def the_window() -> QMainWindow:
    """Return the one window that is open."""
    windows = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.objectName() == "monitorWindow" and isinstance(widget, QMainWindow)
    ]
    if len(windows) != 1:
        raise LookupError(f"{len(windows)} windows of exlab-gui are open, not one")
    return windows[0]


def find(kind: type[Q], name: str) -> Q:
    """Return the object of that kind and name in the window; raises LookupError without one."""
    return locators.find(the_window(), kind, name)


def rows() -> Rows:
    """Return the log, row by row, with the text of each column."""
    return locators.rows(the_window())


def diagram_item(name: str) -> QGraphicsObject:
    """Return the state or transition of that name in the diagram."""
    (found,) = (item for item in _diagram_items() if item.objectName() == name)
    return found


def seen() -> Seen:
    """Return what the window tells now."""
    items = {item.objectName(): item.property("status") for item in _diagram_items()}
    states = {name[6:]: status for name, status in items.items() if name.startswith("state_")}
    edges = {
        (name[5:].split("__")[0], name[5:].split("__")[1]): status
        for name, status in items.items()
        if name.startswith("edge_")
    }
    buttons = locators.transition_buttons(the_window())
    enabled = {state for state, button in buttons.items() if button.isEnabled()}
    tips = {state: b.toolTip() for state, b in buttons.items() if state not in enabled}
    current = find(QLabel, "currentStateLabel").text()
    form = find(QObject, "pendingInputForm").property("visible")
    return Seen(current, states, edges, enabled, tips, rows(), form)


def headers() -> list[str]:
    """Return the names of the log's columns."""
    model = find(QTableView, "eventLogView").model()
    return [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]


def _diagram_items() -> list[QGraphicsObject]:
    scene = find(QGraphicsView, "diagramView").scene()
    return [item for item in scene.items() if isinstance(item, QGraphicsObject)]
