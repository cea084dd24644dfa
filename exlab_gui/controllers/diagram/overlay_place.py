"""The one place on the diagram for an overlay: coverage, or times."""

from PySide6.QtCore import QObject, Signal

from exlab_gui.controllers.exports import ExportActions
from exlab_gui.core.overlay import Overlay
from exlab_gui.widgets.diagram.diagram_view import DiagramView


class OverlayPlace(QObject):
    """Shows the overlay of one owner at a time, and has exports of the diagram contain it."""

    passed_on = Signal()
    """Another owner has the place now, or nobody has."""

    def __init__(self, diagram: DiagramView, exports: ExportActions) -> None:
        super().__init__(diagram)
        self._diagram = diagram
        self._exports = exports
        self._owner: QObject | None = None

    def is_of(self, owner: QObject) -> bool:
        return self._owner is owner

    def give(self, owner: QObject | None) -> None:
        if owner is not self._owner:
            self._owner = owner
            self._show(None)
            self.passed_on.emit()

    def show(self, owner: QObject, overlay: Overlay | None) -> None:
        """Show `overlay`, which is of the machine of the diagram, if `owner` has the place."""
        if owner is self._owner:
            self._show(overlay)

    def _show(self, overlay: Overlay | None) -> None:
        self._diagram.show_overlay(overlay)
        self._exports.overlay = overlay
