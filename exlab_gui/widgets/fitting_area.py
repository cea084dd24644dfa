"""A scroll area that is as high as its content."""

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from exlab_gui.widgets.controls.steady_area import SteadyArea
from exlab_gui.widgets.controls.viewport import make_viewport

_LEAST_HEIGHT = 72


class FittingArea(SteadyArea):
    """As high as its widget; scrolled if the window is too small."""

    def __init__(self, least_height: int = _LEAST_HEIGHT) -> None:
        super().__init__()
        make_viewport(self)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(least_height)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_page(self, page: QWidget) -> None:
        """Show `page`, transparent, in place of the one before."""
        self.setWidget(page)
        page.setAutoFillBackground(False)  # set by the scroll area, but the card is not filled
        self.updateGeometry()

    def scroll_to(self, widget: QWidget) -> None:
        """Scroll to `widget`, which may not be laid out yet."""
        self.updateGeometry()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(widget)

    def sizeHint(self) -> QSize:
        page = self.widget()
        height = page.heightForWidth(self.viewport().width()) if page else self.minimumHeight()
        return QSize(super().sizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
