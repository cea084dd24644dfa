"""What every widget that shows a session has in common."""

from exlab_gui.models.session_model import SessionModel


class SessionView:
    """Shows one session at a time, anew after every change; to be inherited beside a Qt class.

    A view never changes the session: it asks for what the user wants by `SessionModel.request`.
    """

    session: SessionModel | None = None

    def set_session(self, session: SessionModel) -> None:
        """Show `session` from now on."""
        if self.session is not None:
            self.session.changed.disconnect(self.synchronize)
        self.session = session
        session.changed.connect(self.synchronize)
        self.synchronize()

    def synchronize(self) -> None:
        """Show the session as it is now."""
