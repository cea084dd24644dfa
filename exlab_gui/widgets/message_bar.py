"""A message at the bottom of the window: an error, a notice or the progress of a job."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.theme.icons import IconName, icon
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.letters import Letters
from exlab_gui.widgets.labels import ClampedLabel, plain_label
from exlab_gui.widgets.object_names import named

_MARGIN = 4
_MOST_LINES = 12
_INFO_MS = 10_000
_MOVES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)


class MessageBar(QFrame):
    """Shows one message in one line, until it is dismissed or replaced.

    It stands on the strip that `stand_on` gives, so that it covers nothing and moves nothing. A
    button shows all of a message that does not fit. A notice goes by itself, but not under the
    pointer. `told` gives each message that is no progress, whether it is an error, and the session
    that it is about, or None; `dismissed`: the user has read it.
    """

    told = Signal(str, bool, object)
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._theme = theme
        self._mark = plain_label()
        self._strip: QWidget | None = None
        self._beside: tuple[QWidget, ...] = ()
        self._room: QRect | None = None  # where it stands, unless it has changed since
        self._look: tuple[IconName, str] = ("about", "accent")
        self._text = ClampedLabel("messageText")
        copy = QAction(tr("&Copy message"), self)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._text.text()))
        self._text.addAction(copy)
        self._text.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._progress = named(QProgressBar(textVisible=False), "messageProgress", "Progress")
        self._progress.setMaximumWidth(200)
        self._more = named(QToolButton(), "messageMore")
        self._more.clicked.connect(self._show_more_or_less)
        self._button = named(QToolButton(), "messageDismiss")
        self._button.clicked.connect(self.end)
        self._is_whole = False
        self._stop: Callable[[], object] | None = None
        self._ending = QTimer(self, singleShot=True, interval=_INFO_MS)
        self._ending.timeout.connect(self._end_notice)
        self.setProperty("role", "message")
        theme.changed.connect(self._paint_mark)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 4, 1)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(self._progress)
        row.addWidget(self._more)
        row.addWidget(self._button)
        self._letters = Letters(self)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def show_info(self, text: str, about: QObject | None = None) -> None:
        self._show("about", "accent", text)
        self.told.emit(tr(text), False, about)
        self._ending.start()

    def show_error(self, text: str, about: QObject | None = None) -> None:
        self._show("warning", "failure", text)
        self.told.emit(tr(text), True, about)

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
        else:
            self.dismissed.emit()

    def enlarge(self, pixels: int | None) -> None:
        """Have letters of `pixels`, or as elsewhere."""
        self._letters.set(pixels)
        self._place_anew()

    def stand_on(self, strip: QWidget, *beside: QWidget) -> None:
        """Stand on `strip`, at the left of the widgets that are shown `beside`."""
        for widget in filter(None, (self._strip, *self._beside)):
            widget.removeEventFilter(self)
        self._strip, self._beside = strip, beside
        for widget in (strip, *beside):
            widget.installEventFilter(self)
        self._place_anew()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.place()
        return super().eventFilter(watched, event)

    def _place_anew(self) -> None:
        self._room = None
        self.place()

    def place(self) -> None:
        """Move to the strip, or to the bottom of the parent if there is none, once that is seen."""
        around = self.parentWidget()
        if around is None or not self.isVisibleTo(around) or not around.isVisible():
            return
        room = around.rect()
        if self._strip is not None:
            room = QRect(self._strip.mapTo(around, QPoint()), self._strip.size())
            shown = [one.mapTo(around, QPoint()).x() for one in self._beside if one.isVisible()]
            room.setRight(min([room.right(), *shown]))
        room.adjust(_MARGIN, 0, -_MARGIN, -1)
        self.raise_()
        if room == self._room:
            return
        self._room = room
        self._clamp(room.width())
        height = min(self.minimumSizeHint().height(), room.bottom() + 1)
        self.setGeometry(room.left(), room.bottom() + 1 - height, max(room.width(), 1), height)

    def _clamp(self, width: int) -> None:
        """Show one line of the text, or as many as it has; offer the rest if there is more."""
        row = self.layout()
        assert row is not None
        self._more.hide()
        for button in (False, True):
            self._more.setVisible(button)
            row.invalidate()
            rest = row.minimumSize().width() - self._text.minimumSizeHint().width()
            lines = self._text.lines_for(max(width - rest, 1), _MOST_LINES)
            if lines == 1:
                break
        self._more.setText(tr("Show less") if self._is_whole else tr("Show all"))
        self._text.clamp(lines if self._is_whole else 1)
        row.invalidate()

    def _show_more_or_less(self) -> None:
        self._is_whole = not self._is_whole
        self._ending.stop()  # who reads it dismisses it
        self._place_anew()

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
        self._is_whole &= text == self._text.text()
        self._text.setText(text)
        self._progress.hide()
        self._stop = stop
        self._button.setText(tr("Dismiss") if stop is None else tr("Stop"))
        self._ending.stop()
        self.setAccessibleName(text)
        self.show()
        self._place_anew()

    def _paint_mark(self) -> None:
        mark, role = self._look
        colour = getattr(self._theme.colours, role)
        self._mark.setPixmap(icon(mark, colour).pixmap(16, 16))
