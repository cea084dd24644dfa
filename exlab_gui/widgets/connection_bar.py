"""The connection of a live session to its server."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from exlab_gui.core.clock import utc_now
from exlab_gui.core.text.durations import last_seen
from exlab_gui.core.text.translation import told, tr
from exlab_gui.sources.metadata import SessionInfo, Standing
from exlab_gui.theme.icons import icon
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.widgets.labels import WrappingLabel, plain_label
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

_TICK_MS = 1000

_BAD = (Standing.TROUBLED, Standing.LOST, Standing.FORGOTTEN)
_RETRIED = (Standing.TROUBLED, Standing.LOST)


class ConnectionBar(QFrame, SessionView):
    """Shows the state of the connection, and of other servers that are in trouble.

    It looks like a warning as long as there is one, and is hidden if there is nothing to tell.
    """

    def __init__(
        self, actions: dict[str, QAction], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, "connectionBar", "Connection")
        self._theme = theme
        self._trouble = ""
        self._mark = plain_label()
        self._text = WrappingLabel(name="connectionLabel")
        self._others = WrappingLabel(name="serverTroubleLabel")
        self._retry = named(ActionButton(actions["actionRetry"]), "connectionRetry")
        self._streams = named(ActionButton(actions["actionReadStreams"]), "connectionStreams")
        self._parts = named(QMenu(self), "serverHealth")
        self._lines: list[str] = []
        self._health = named(QToolButton(), "serverHealthButton", "Parts of the server")
        self._health.setText(tr("Server health"))
        self._health.setMenu(self._parts)
        self._health.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_text)
        theme.changed.connect(self.synchronize)
        self._lay_out()
        self.hide()

    def show_trouble(self, sentences: str) -> None:
        """Tell of servers that are in trouble, and not that of the shown session."""
        self._trouble = sentences
        self.synchronize()

    def synchronize(self) -> None:
        info = self._info
        bad = info.standing in _BAD or bool(self._trouble)
        self.setProperty("role", "warning" if bad else "past")
        self.style().polish(self)
        self._mark.setPixmap(icon("warning", self._theme.colours.warning).pixmap(20, 20))
        self._mark.setVisible(bad)
        self._retry.setVisible(info.standing in _RETRIED or bool(self._trouble))
        self._streams.setVisible(info.reads_streams is not None)
        self._show_text()
        self._others.setText(self._trouble)
        self._others.setVisible(bool(self._trouble))
        if self._lines != (lines := [*info.health]):  # else an open menu would be closed
            self._lines = lines
            self._parts.clear()
            for line in lines:
                self._parts.addAction(told(line).replace("&", "&&"))
        self._health.setVisible(bool(info.health))
        (self._tick.stop if info.seen is None else self._tick.start)()
        self.setVisible(bool(info.connection or self._trouble))

    @property
    def _info(self) -> SessionInfo:
        return self.session.info if self.session else SessionInfo("")

    def _show_text(self) -> None:
        info = self._info
        text = told(info.connection)
        if info.seen is not None:
            text = tr(
                "{text} Last seen {last_seen}.",
                text=text,
                last_seen=last_seen(info.seen, utc_now()),
            )
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(self._others)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._mark)
        row.addLayout(texts, 1)
        row.addWidget(self._retry)
        row.addWidget(self._streams)
        row.addWidget(self._health)
