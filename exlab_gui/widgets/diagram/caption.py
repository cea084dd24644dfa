"""What the overlay of the diagram shows, in a corner of it."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, Qt

from exlab_gui.core.overlay import Overlay
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.diagram.corners import place_in_corner
from exlab_gui.widgets.diagram.zoomable_view import ZoomableView
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.object_names import named


class Caption:
    """A line of text on top of `view`; the mouse reaches what is below."""

    def __init__(self, view: ZoomableView) -> None:
        self._view = view
        self._label = named(plain_label(parent=view), "diagramCaption")
        self._label.setProperty("role", "overlay")
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label.hide()

    @property
    def place(self) -> QRect:
        return self._label.geometry() if not self._label.isHidden() else QRect()

    def tell(self, overlay: Overlay | None) -> None:
        self._label.setText("" if overlay is None else tr(overlay.title))

    def put(self, clear: Iterable[QRect]) -> None:
        """Place it, if there is something to show and room for it."""
        shown = bool(self._label.text())
        size = self._label.sizeHint()
        self._label.setVisible(shown and place_in_corner(self._view, self._label, size, clear))
