"""A message over the panes: an error, a notice or the progress of a job."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.theme.icons import IconName, icon
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.labels import WrappingLabel, plain_label
from exlab_gui.widgets.object_names import named

_MARGIN = 12  # to the borders of the parent
_INFO_MS = 10_000
_MOVES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)


class MessageBar(QFrame):
    """Shows one message, at the bottom of its parent, until it is dismissed or replaced.

    Nothing moves when it comes and goes. A notice goes by itself, but not under the pointer.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._theme = theme
        self._mark = plain_label()
        self._kept_clear: tuple[QWidget, ...] = ()
        self._look: tuple[IconName, str] = ("about", "accent")
        self._text = WrappingLabel(name="messageText")
        self._progress = named(QProgressBar(textVisible=False), "messageProgress", "Progress")
        self._progress.setMaximumWidth(200)
        self._button = named(QToolButton(), "messageDismiss")
        self._button.clicked.connect(self.end)
        self._stop: Callable[[], object] | None = None
        self._ending = QTimer(self, singleShot=True, interval=_INFO_MS)
        self._ending.timeout.connect(self._end_notice)
        self.setProperty("role", "message")
        theme.changed.connect(self._paint_mark)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(self._progress)
        row.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def show_info(self, text: str) -> None:
        self._show("about", "accent", text)
        self._ending.start()

    def show_error(self, text: str) -> None:
        self._show("warning", "failure", text)

    def show_progress(self, text: str, done: int, total: int, stop: Callable[[], object]) -> None:
        """Show that `done` of `total` is done; the button calls `stop`."""
        self._show("export-log", "accent", text, stop)
        # Qt counts with 32 bits; the size of a recording in bytes may need more.
        self._progress.setMaximum(1000)
        self._progress.setValue(1000 * done // max(total, 1))
        self._progress.show()

    def dismiss(self) -> None:
        self.hide()

    def end(self) -> None:
        self.hide()
        if self._stop is not None:
            self._stop()

    def keep_clear_of(self, *widgets: QWidget) -> None:
        """Stand at the left of `widgets` while one of them is shown."""
        self._kept_clear = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Move to the bottom of the parent, as wide as that and as high as the text needs."""
        around = self.parentWidget()
        if around is None or self.isHidden():
            return
        shown = [one for one in self._kept_clear if one.isVisibleTo(around)]
        right = min([around.width(), *(one.mapTo(around, QPoint()).x() for one in shown)])
        width = max(right - 2 * _MARGIN, 1)
        height = min(self.heightForWidth(width), around.height())
        self.raise_()
        self.setGeometry(_MARGIN, around.height() - height - _MARGIN, width, height)

    def _end_notice(self) -> None:
        if self.underMouse():
            self._ending.start()
        else:
            self.hide()

    def _show(
        self, mark: IconName, role: str, text: str, stop: Callable[[], object] | None = None
    ) -> None:
        self._look = mark, role
        self._paint_mark()
        text = tr(text)
        self._text.setText(text)
        self._progress.hide()
        self._stop = stop
        self._button.setText(tr("Dismiss") if stop is None else tr("Stop"))
        self._ending.stop()
        self.setAccessibleName(text)
        self.show()
        self.place()

    def _paint_mark(self) -> None:
        mark, role = self._look
        colour = getattr(self._theme.colours, role)
        self._mark.setPixmap(icon(mark, colour).pixmap(20, 20))
