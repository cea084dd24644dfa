"""Exponential backoff with jitter."""

import random

FIRST_S = 0.25
LONGEST_S = 15.0


class Backoff:
    """Exponential backoff with jitter, from `first_s` up to `longest_s` seconds.

    Each delay is between half and all of the nominal one, so that many clients of a restarted
    server do not all connect at once. `rng` gives the jitter.
    """

    def __init__(
        self,
        rng: random.Random | None = None,
        first_s: float = FIRST_S,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._rng = rng or random.Random()
        self._first_s = self._delay_s = first_s
        self._longest_s = longest_s

    def next_s(self) -> float:
        """Return the seconds to wait now, and double the next delay."""
        delay_s = self._delay_s
        self._delay_s = min(delay_s * 2, self._longest_s)
        return delay_s * self._rng.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Start again with the shortest delay, after a success."""
        self._delay_s = self._first_s
