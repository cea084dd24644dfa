"""Comparing two sessions."""

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel


class CompareActions(Controller):
    """Shows what differs between a session and others."""

    def __init__(self, context: ActionContext, sessions: SessionListModel) -> None:
        super().__init__(context)
        self._sessions = sessions

    def _alone(self) -> str | None:
        return self._sessions.why_no_other()

    @Action("actionCompare", "Co&mpare…", "Ctrl+M", "Trace", 3, why_not=_alone, mac="Ctrl+Alt+M")
    def _compare_shown(self) -> None:
        """Compare the session with another one."""
        others = [one for one in self._sessions.open_sessions if one is not self.session]
        self.compare(self.session, others)

    def compare(self, session: SessionModel, others: list[SessionModel]) -> None:
        """Compare `session` with one of `others`, at first the first of them."""
        from exlab_gui.widgets.comparing.compare_dialog import CompareDialog

        context = self.context
        CompareDialog(session, others, context.theme, context.jobs, context.window).open()
