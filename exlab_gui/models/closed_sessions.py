"""The sessions that were closed last, which can be opened again."""

from exlab_gui.models.session_model import SessionModel

MOST_KEPT = 10

MOST_EVENTS_KEPT = 200_000
"""How many events they have together at most; the last session is kept in any case."""


class ClosedSessions:
    def __init__(self) -> None:
        self._kept: list[SessionModel] = []

    @property
    def last(self) -> SessionModel | None:
        return self._kept[-1] if self._kept else None

    def keep(self, session: SessionModel) -> None:
        """Close `session` and keep it as the last one, if anything has happened in it."""
        if not session.is_closed:
            session.close()
        if not session.source.is_untouched:
            self._kept.append(session)
        events = 0
        for place, kept in enumerate(reversed(self._kept)):
            events += kept.count
            if place and (place >= MOST_KEPT or events > MOST_EVENTS_KEPT):
                del self._kept[: len(self._kept) - place]
                break

    def take(self, session: SessionModel) -> None:
        """Reopen `session`, whether or not it is still kept."""
        self._kept = [kept for kept in self._kept if kept is not session]
        session.reopen()

    def clear(self) -> None:
        self._kept.clear()
