"""The notices: every message that was shown can be read again."""

from PySide6.QtCore import Signal

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.notifier import Notifier
from exlab_gui.models.notices import Notices
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.notices.notices_button import NoticesButton


class NoticeActions(Controller):
    """Keeps the messages and notifications; `chosen` gives the session of one."""

    chosen = Signal(SessionModel)

    def __init__(self, context: ActionContext, notifier: Notifier, button: NoticesButton) -> None:
        super().__init__(context)
        notices = self.notices = Notices(self)
        notices.changed.connect(lambda: button.show_counts(notices.rowCount(), notices.unread))
        button.clicked.connect(context.actions["actionNotices"].trigger)
        notifier.told.connect(lambda session, text: notices.add(text, session, is_error=False))
        context.messages.told.connect(
            lambda text, is_error, about: notices.add(
                text, about or self.session, is_error=is_error
            )
        )
        context.messages.dismissed.connect(lambda: notices.read(1))
        context.theme.changed.connect(self._style)
        self._style()

    @Action("actionNotices", "Not&ices", "Ctrl+F12", "View", 3)
    def _open(self) -> None:
        """Read the messages that were shown."""
        from exlab_gui.widgets.notices.notices_dialog import NoticesDialog

        for dialog in self.context.window.findChildren(NoticesDialog):
            dialog.close()
        dialog = NoticesDialog(self.notices, self.context.window)
        dialog.chosen.connect(self.chosen)
        dialog.show()

    def _style(self) -> None:
        self.notices.show_errors_in(self.context.theme.colours.failure)
