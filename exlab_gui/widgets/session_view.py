"""The common part of all widgets that show a session."""

from exlab_gui.models.session_model import SessionModel


class SessionView:
    """Shows one session, and updates after every change; a mixin for a Qt class.

    A view changes the session by `SessionModel.request` only.
    """

    session: SessionModel | None = None

    def set_session(self, session: SessionModel) -> None:
        if self.session is not None:
            self.session.changed.disconnect(self.synchronize)
        self.session = session
        session.changed.connect(self.synchronize)
        self.synchronize()

    def synchronize(self) -> None:
        """Update the view from the session."""
