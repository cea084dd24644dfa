"""The sessions that were closed last, which can be opened again."""

from exlab_gui.models.session_model import SessionModel

MOST_KEPT = 10

MOST_EVENTS_KEPT = 200_000
"""How many events they have together at most; the last session is kept in any case."""


class ClosedSessions:
    """Sessions that were closed or reset, and as many that are kept as they were before an undo."""

    def __init__(self) -> None:
        self._kept: list[tuple[SessionModel, bool]] = []

    @property
    def last(self) -> SessionModel | None:
        return self._kept[-1][0] if self._kept else None

    def keep(self, session: SessionModel, *, before_undo: bool = False) -> None:
        """Close `session` and keep it as the last one, if anything has happened in it.

        One `before_undo` never takes the place of one that was closed.
        """
        if not session.is_closed:
            session.close()
        if not session.source.is_untouched:
            self._kept.append((session, before_undo))
        alike = [kept for kept, kind in self._kept if kind is before_undo]
        events = 0
        for place, kept in enumerate(reversed(alike)):
            events += kept.count
            if place and (place >= MOST_KEPT or events > MOST_EVENTS_KEPT):
                old = alike[: len(alike) - place]
                self._kept = [one for one in self._kept if one[0] not in old]
                break

    def take(self, session: SessionModel) -> None:
        """Reopen `session`, whether or not it is still kept."""
        self._kept = [one for one in self._kept if one[0] is not session]
        session.reopen()

    def clear(self) -> None:
        self._kept.clear()
