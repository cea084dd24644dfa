"""Notices on the desktop, for who looks elsewhere."""

from collections.abc import Callable
from weakref import ref

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from exlab_gui.controllers.context import ActionContext
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.icons import icon

KEPT = "live/notify"

# Some desktops take a notice for markup.
_PLAIN = str.maketrans("<>", "‹›")


class Notifier(QObject):
    """Shows notices while `actionNotify` is checked; a click on one has its session `chosen`.

    Where the desktop has no tray, the window asks for attention, and says it in its message bar.
    `show` shows a notice instead, in a test.
    """

    chosen = Signal(SessionModel)

    def __init__(self, context: ActionContext, show: Callable[[str], object] | None = None) -> None:
        super().__init__(context.window)
        self._context = context
        self._show = show or self._show_on_desktop
        self._tray: QSystemTrayIcon | None = None
        self._latest: ref[SessionModel] | None = None
        self._wanted = context.actions["actionNotify"]
        self._wanted.setChecked(context.settings.text(KEPT, "yes") != "no")
        self._wanted.toggled.connect(lambda on: context.settings.keep(KEPT, "yes" if on else "no"))

    def tell(self, session: SessionModel, text: str, *, seen: bool) -> None:
        """Show `text` about `session`; not where that is `seen` in a window that is in front."""
        if not self._wanted.isChecked() or (seen and self._context.window.isActiveWindow()):
            return
        self._latest = ref(session)
        self._show(text.translate(_PLAIN))

    def show_latest(self) -> None:
        """Have the session of the latest notice shown, where it is still open."""
        session = self._latest() if self._latest else None
        if session is not None and session.parent() is not None:
            self._context.window.activateWindow()
            self.chosen.emit(session)

    def close(self) -> None:
        """Take the icon off the tray."""
        if self._tray is not None:
            self._tray.hide()

    def _show_on_desktop(self, text: str) -> None:
        if self._tray is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(icon("app"), self)
            self._tray.messageClicked.connect(self.show_latest)
            self._tray.show()
        if self._tray is not None:
            self._tray.showMessage("exlab-gui", text, icon("app"))
        else:
            QApplication.alert(self._context.window)
            self._context.messages.show_info(text)
