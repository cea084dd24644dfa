"""Finding a state of the diagram by keyboard: in a direction, and by its first letters."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QDeadlineTimer, QRectF, Qt
from PySide6.QtWidgets import QApplication

DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""What the arrow keys point to: how far to the right, and how far down."""

_ASIDE = 3
"""How much farther a state counts that is beside the direction than one that is along it."""


def neighbour(boxes: Mapping[str, QRectF], state: str, direction: tuple[int, int]) -> str | None:
    """Return the state nearest to `state` in `direction`, or None if nothing is there."""
    right, down = direction
    start = boxes[state].center()
    distances: dict[str, float] = {}
    for other, box in boxes.items():
        way = box.center() - start
        along = way.x() * right + way.y() * down
        if along > 0:
            distances[other] = along + _ASIDE * (abs(way.x() * down) + abs(way.y() * right))
    return min(distances, key=distances.__getitem__, default=None)


class TypedName:
    """The first letters of a name, typed one soon after the other."""

    def __init__(self) -> None:
        self._typed = ""
        self._until = QDeadlineTimer()

    @property
    def going_on(self) -> bool:
        """Return whether a key now is a part of the name."""
        return bool(self._typed) and not self._until.hasExpired()

    def find(self, letter: str, names: Sequence[str], current: str | None) -> str | None:
        """Return the name that begins with what was typed, `letter` last; None if none does.

        The same letter typed again goes to the next name that begins with it, after `current`.
        """
        if self._until.hasExpired():
            self._typed = ""
        self._until.setRemainingTime(QApplication.keyboardInputInterval())
        self._typed += letter.casefold()
        place = names.index(current) if current in names else -1
        if len(set(self._typed)) == 1:
            return _first(self._typed[0], (*names[place + 1 :], *names[: place + 1]))
        place = max(place, 0)
        return _first(self._typed, (*names[place:], *names[:place]))


def _first(beginning: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if name.casefold().startswith(beginning)), None)
