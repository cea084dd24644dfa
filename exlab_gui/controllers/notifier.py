"""Desktop notifications."""

from weakref import ref

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.models.notifications import Notifications
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.icons import icon

KEPT = "live/notify"

# Some desktops read notifications as markup.
_PLAIN = str.maketrans("<>", "‹›")


class Notifier(Controller):
    """Shows notifications if they are `wanted`; `chosen` gives the session of a clicked one.

    Without a system tray, the window alerts and shows the text in its message bar. Tests may
    replace `show`.
    """

    chosen = Signal(SessionModel)
    notified = Signal(SessionModel, str)
    """A session needs input or has failed, whether or not notifications are wanted."""
    told = Signal(SessionModel, str)
    """A notification is shown."""

    def __init__(self, context: ActionContext) -> None:
        super().__init__(context)
        self.show = self._show_on_desktop
        self._tray: QSystemTrayIcon | None = None
        self._latest: ref[SessionModel] | None = None
        self._notices = Notifications(self)
        self._notices.notified.connect(self.notified)
        self._notices.notified.connect(
            lambda session, text: self.tell(session, text, seen=session is self.session)
        )
        self.wanted = context.settings.text(KEPT, "yes") != "no"

    def watch(self, session: SessionModel, *, new: bool) -> None:
        self._notices.watch(session, new=new)

    def tell(self, session: SessionModel, text: str, *, seen: bool) -> None:
        if not self.wanted or (seen and self.context.window.isActiveWindow()):
            return
        self._latest = ref(session)
        self.told.emit(session, text)
        self.show(text.translate(_PLAIN))

    def show_latest(self) -> None:
        session = self._latest() if self._latest else None
        if session is not None and session.parent() is not None:
            self.context.window.activateWindow()
            self.chosen.emit(session)

    def close(self) -> None:
        if self._tray is not None:
            self._tray.hide()

    @Action(
        "actionNotify",
        "Desktop &notifications",
        "Ctrl+Shift+N",
        "Server",
        2,
        checked=lambda c: c.wanted,
    )
    def _toggle(self) -> None:
        """Notify me when a session needs input or fails."""
        self.wanted = not self.wanted
        self.context.settings.keep(KEPT, "yes" if self.wanted else "no")

    def _show_on_desktop(self, text: str) -> None:
        if self._tray is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(icon("app"), self)
            self._tray.messageClicked.connect(self.show_latest)
            self._tray.show()
        if self._tray is not None:
            self._tray.showMessage("exlab-gui", text, icon("app"))
        else:
            QApplication.alert(self.context.window)
            self.context.messages.show_info(text)
