"""Panes one below the other, scrolled if they do not fit."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exlab_gui.widgets.controls.steady_area import SteadyArea
from exlab_gui.widgets.controls.viewport import make_viewport
from exlab_gui.widgets.object_names import named

_LEAST_WIDTH, _MOST_LEAST_WIDTH = 380, 480
"""What is wider still, such as buttons of very long names, does not decide the window's width."""


class PaneStack(SteadyArea):
    """Shows panes from top to bottom; one of them takes the remaining height.

    If their minimum heights do not fit, they are scrolled.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_viewport(self)
        named(self, name)
        self._panes: tuple[QWidget, ...] = ()
        self._tall: QWidget | None = None
        stack = _Stack()
        self._column = QVBoxLayout(stack)
        inner, outer = 2, 8  # beside the handle of a splitter, and at the edge of the window
        left, right = (outer, inner) if self.isRightToLeft() else (inner, outer)
        self._column.setContentsMargins(left, 8, right, 0)
        self._column.setSpacing(8)
        self.setWidget(stack)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        stack, bar = self.widget(), self.verticalScrollBar()
        wanted = 2 * self.frameWidth() + (stack.minimumSizeHint().width() if stack else 0)
        wanted += bar.sizeHint().width() if bar.isVisible() else 0
        width = min(max(wanted, _LEAST_WIDTH), _MOST_LEAST_WIDTH)
        return QSize(width, super().minimumSizeHint().height())

    def fill(self, *panes: QWidget, tall: QWidget | None = None) -> None:
        """Show `panes`, of which `tall` takes the remaining height, or the last one."""
        self._panes, self._tall = panes, tall or panes[-1]
        for pane in panes:
            self.put_back(pane)
        self._column.addStretch(0)  # takes the remaining height if that pane is hidden

    def put_back(self, pane: QWidget) -> None:
        """Show one of the panes at its place again, after it was elsewhere."""
        before = self._panes[: self._panes.index(pane)]
        place = sum(self._column.indexOf(one) >= 0 for one in before)
        self._column.insertWidget(place, pane, int(pane is self._tall))

    @property
    def is_empty(self) -> bool:
        """Whether all panes are hidden or elsewhere."""
        return all(self._column.indexOf(one) < 0 or one.isHidden() for one in self._panes)


class _Stack(QWidget):
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.LayoutRequest
            and (around := self.parentWidget()) is not None
        ):
            area = around.parentWidget()
            if area is not None:
                area.updateGeometry()
        return super().event(event)

    def heightForWidth(self, width: int) -> int:
        """Return the minimum height; the scroll area would take the preferred one."""
        column = self.layout()
        assert column is not None
        return column.minimumHeightForWidth(width)
