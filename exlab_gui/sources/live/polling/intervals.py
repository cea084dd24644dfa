"""How often a server is polled."""

from collections.abc import Iterable

import msgspec

from exlab_gui.sources.live.client import TIMEOUT_S

BUSY_S, QUIET_S = 0.05, 0.25
"""The list is polled so often on this computer: while sessions change, and while none does."""

LOOK_S, REMOTE_LOOK_S = 2.0, 10.0
"""Missed sessions are looked for so often, on this computer and on another one."""

REMOTE_S = 1.0
"""The list of a server on another computer is polled so often."""

BUSY_FOR_S = 5.0
"""After a change, sessions count as changing for so long."""


LATELY = 4
"""Of so many lists the quickest counts: one that was held up does not make the next ones rare."""

_SHARE = 4
"""A list that is long, or slow to come, is asked for in one part of so many of the time."""

_SHARE_OF_LOOKS = 30
"""So is the tree of runs, for which the server reads its disk."""


class PollIntervals(msgspec.Struct, frozen=True):
    """Polling intervals and the timeout of a request, in seconds."""

    session_s: float = 0.25
    """For the snapshot of a session that is shown."""

    list_s: float | None = None
    """For the list of sessions; None is adaptive."""

    health_s: float = 10.0
    timeout_s: float = TIMEOUT_S
    look_s: float | None = None
    """For the search for sessions that were missed; None is adaptive."""

    def list_interval(
        self, *, is_local: bool, since_change_s: float, took_s: Iterable[float] = ()
    ) -> float:
        """Return the interval for the list, `since_change_s` after the last change of a session.

        The last lists took `took_s`.
        """
        least_s = min(took_s, default=0.0) * _SHARE
        if self.list_s is not None:
            return max(self.list_s, least_s)
        if not is_local:
            return max(REMOTE_S, least_s)
        return max(BUSY_S if since_change_s < BUSY_FOR_S else QUIET_S, least_s)

    def look_interval(self, *, is_local: bool, took_s: float) -> float:
        """Return the interval for the search, if the last one took `took_s`."""
        chosen = self.look_s
        if chosen is None:
            chosen = LOOK_S if is_local else REMOTE_LOOK_S
        return max(chosen, took_s * _SHARE_OF_LOOKS)
