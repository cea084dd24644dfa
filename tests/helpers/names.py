"""What a test reads in the window by names, as the plugin has it, and more for our own tests."""

from PySide6.QtWidgets import QGraphicsObject, QGraphicsView

from exlab_gui.testing.locators import (
    Row,
    Rows,
    Seen,
    find,
    headers,
    rows,
    seen,
    the_window,
)

__all__ = [
    "Row",
    "Rows",
    "Seen",
    "diagram_item",
    "find",
    "headers",
    "rows",
    "seen",
    "the_window",
]


def diagram_item(name: str) -> QGraphicsObject:
    """Return the state or transition of that name in the diagram."""
    items = find(QGraphicsView, "diagramView").scene().items()
    (found,) = (
        item for item in items if isinstance(item, QGraphicsObject) and item.objectName() == name
    )
    return found
