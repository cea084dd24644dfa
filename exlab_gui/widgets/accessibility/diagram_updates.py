"""Tells screen readers whose copy of the diagram is out of date: they keep what they have read."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QGraphicsObject

from exlab_gui.widgets.accessibility.diagram_texts import describe
from exlab_gui.widgets.diagram.diagram_view import DiagramView

_PAUSE_MS = 300
"""The least time between two updates, whatever the session does."""


class DiagramUpdates(QObject):
    """Sends an event for each part of `view` whose description has changed."""

    def __init__(self, view: DiagramView) -> None:
        super().__init__(view)
        self._view = view
        self._told = self._descriptions()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        view.synchronized.connect(self._ask)

    def tell(self) -> list[str]:
        """Send the events that are due, and return the names of what they are about."""
        before, self._told = self._told, self._descriptions()
        if before.keys() != self._told.keys():
            self._send(self._view, QAccessible.Event.ObjectReorder)
            return [self._view.objectName()]
        parts = {part.objectName(): part for part in parts_of(self._view)}
        changed = [name for name, text in self._told.items() if before[name] != text]
        for name in changed:
            self._send(parts[name], QAccessible.Event.DescriptionChanged)
        return changed

    def _send(self, thing: QObject, kind: QAccessible.Event) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(thing, kind))

    def _ask(self) -> None:
        if QAccessible.isActive() and not self._pause.isActive():
            self._pause.start()

    def _descriptions(self) -> dict[str, str]:
        return {part.objectName(): describe(self._view, part) for part in parts_of(self._view)}


def parts_of(view: DiagramView) -> list[QGraphicsObject]:
    """Return the parts of `view`; none while it is being made, when Qt may ask already."""
    return getattr(view, "parts", [])
