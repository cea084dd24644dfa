"""The steps of a session that can be undone, and those that can be redone."""

from collections.abc import Sequence
from typing import NamedTuple

from exlab_gui.core.protocol.events import Event


class _Step(NamedTuple):
    """A step: where the session and its scenario were before it, and what it has added."""

    events_before: int
    """How many events there were."""

    place: int
    """How many steps of the scenario were played."""

    events: Sequence[Event] = ()
    place_after: int = 0


class Steps:
    """The steps of one session, the last ones undone or not. They never change each other."""

    def __init__(self) -> None:
        self._done: tuple[_Step, ...] = ()
        self._undone: tuple[_Step, ...] = ()

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def note(self, count: int, place: int) -> None:
        """Take note of a new step, before which `count` and `place` were these."""
        self._done += (_Step(count, place),)
        self._undone = ()

    def undo(self, history: Sequence[Event], place: int) -> tuple[Sequence[Event], int]:
        """Return the history and the place in the scenario as they were before the last step."""
        step = self._done[-1]
        self._done = self._done[:-1]
        undone = step._replace(events=tuple(history[step.events_before :]), place_after=place)
        self._undone += (undone,)
        return history[: step.events_before], step.place

    def redo(self, history: Sequence[Event]) -> tuple[Sequence[Event], int]:
        """Return the history and the place in the scenario with the step that was undone last."""
        step = self._undone[-1]
        self._undone = self._undone[:-1]
        self._done += (step,)
        return [*history, *step.events], step.place_after
