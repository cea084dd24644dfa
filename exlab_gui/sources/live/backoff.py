"""How long to wait before trying again: longer each time, and not all at the same moment."""

import random

FIRST_S = 0.25
LONGEST_S = 15.0


class Backoff:
    """Waiting times that double from `first_s` up to `longest_s` seconds, each of them spread.

    Each is between half and all of what is due, so that many clients of a server that comes back
    do not all ask at once. `rng` gives the spread.
    """

    def __init__(
        self,
        rng: random.Random | None = None,
        first_s: float = FIRST_S,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._rng = rng or random.Random()
        self._first_s = self._due_s = first_s
        self._longest_s = longest_s

    def next_s(self) -> float:
        """Return how many seconds to wait now; the next time it will be more."""
        due = self._due_s
        self._due_s = min(due * 2, self._longest_s)
        return due * self._rng.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Begin again with the shortest time, after a success."""
        self._due_s = self._first_s
