"""Has Qt ask us for what screen readers find in the diagram and in the timeline."""

from collections.abc import Callable
from functools import cache
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

_kept: list[QAccessibleInterface] = []
"""All interfaces, which are Qt's to delete.

PySide keeps them as well, but at the end it may let go of them too early: while Qt has them.
"""

_INSTALLED = "exlabAccessibility"
"""A property of the application: each one has its own factories."""


def install() -> None:
    """Give the parts that paint themselves interfaces of their own, in this application."""
    app = cast("QApplication", QApplication.instance())
    if not app.property(_INSTALLED):
        app.setProperty(_INSTALLED, True)
        QAccessible.installFactory(_make)


def _make(class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Return the interface of `thing`, or None if Qt has one.

    Qt asks once for each class that `thing` is of, and deletes the interface with `thing`; but what
    Python has of it is kept: an interface must not hold `thing`.
    """
    maker = _makers().get(type(thing)) if thing is not None else None
    if maker is None or class_name != type(thing).__name__:
        return None
    made = maker(thing)
    _kept.append(made)
    return made


@cache
def _makers() -> dict[type[QObject], Callable[..., QAccessibleInterface]]:
    """Import what makes an interface, for the first screen reader that asks for one."""
    from exlab_gui.widgets.accessibility.diagram_parts import DiagramInterface, PartInterface
    from exlab_gui.widgets.accessibility.timeline_parts import TimelineInterface
    from exlab_gui.widgets.diagram.count_badges import CountBadge
    from exlab_gui.widgets.diagram.diagram_view import DiagramView
    from exlab_gui.widgets.diagram.edge_item import EdgeItem
    from exlab_gui.widgets.diagram.state_item import StateItem
    from exlab_gui.widgets.timeline.timeline_view import TimelineView

    return {
        DiagramView: DiagramInterface,
        StateItem: PartInterface,
        EdgeItem: PartInterface,
        CountBadge: PartInterface,
        TimelineView: TimelineInterface,
    }
