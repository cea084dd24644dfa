"""The position at which a session is shown, and playing, which moves it."""

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

from exlab_gui.core.analysis.timeline.idle_time import collapsed
from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.translation import tr
from exlab_gui.sources.commands import (
    Command,
    Pause,
    Play,
    Reset,
    SetBreakpoints,
    SetCollapsing,
    SetSpeed,
    StepOnce,
)
from exlab_gui.sources.pacing import Pacer, Turn
from exlab_gui.sources.source import Observable, Work

COMMANDS = frozenset({Play, Pause, StepOnce, Reset, SetSpeed, SetBreakpoints, SetCollapsing})
"""The commands that a playhead carries out."""


class Playhead(Observable):
    """A position in `history`: the number of events shown; None: as it is now.

    A history that no longer grows can be played, by `COMMANDS`: its events are shown at their
    original pace.
    """

    def __init__(self, history: Sequence[Event]) -> None:
        super().__init__()
        self.position: int | None = None
        self._history = history
        self._breakpoints: frozenset[str] = frozenset()
        self._collapsing = False
        self._shown_since: datetime  # from the first time that it goes to a position

    @cached_property  # like the pacer: most of ten thousand sessions never go anywhere
    def _clock(self) -> SimulatedClock:
        return SimulatedClock()

    @cached_property
    def _pacer(self) -> Pacer:
        return Pacer(self._clock)

    @property
    def playing(self) -> bool:
        return self._pacer.running

    def now(self) -> datetime:
        """Return the time at the position; it runs between two events only while playing."""
        reached = self._reached
        at = self._history[reached - 1].at
        if not self.playing or reached == len(self._history):
            return at
        return max(at, min(at + (self._clock() - self._shown_since), self._history[reached].at))

    def follow(self, history: Sequence[Event], position: int | None) -> None:
        """Go to `position` of `history`, which takes the place of the one so far."""
        self._history = history
        self.go_to(position)

    def go_to(self, position: int | None) -> None:
        """Go to `position`, which is limited to the history; call no listener."""
        if position is not None:
            position = max(position, 1)
        self.position = None if position is None or position >= len(self._history) else position
        self._shown_since = self._clock()

    def why_not(self, command: Command) -> str | None:
        """Return why `command`, one of `COMMANDS`, would be refused now, or None."""
        match command:
            case Play() if self.playing:
                return tr("The recording is playing already.")
            case Pause() if not self.playing:
                return tr("Nothing is playing.")
            case StepOnce() if self.position is None:
                return tr("The recording is at its end.")
            case Reset() if self._reached == 1:
                return tr("The recording is at its beginning.")
        return None

    def send(self, command: Command) -> Work | None:
        """Carry out `command`, which is not refused; return the playing, for the caller to run."""
        work = None
        match command:
            case Play():
                work = self._play(self._pacer.start())
                if self.position is None:
                    self.go_to(1)
            case Pause():
                self._pacer.stop()
            case StepOnce():
                self._pacer.stop()
                self.go_to(self._reached + 1)
            case Reset():
                self._pacer.stop()
                self.go_to(1)
            case SetSpeed(speed):
                self._pacer.set_speed(speed)
            case SetBreakpoints(states):
                self._breakpoints = states
            case SetCollapsing(collapsing):
                self._collapsing = collapsing
        self.changed()
        return work

    def close(self) -> None:
        self._listeners.clear()
        self._pacer.stop()

    @property
    def _reached(self) -> int:
        return len(self._history) if self.position is None else self.position

    async def _play(self, turn: Turn) -> None:
        try:
            while self.position is not None:
                if not await self._pacer.wait(turn, self._until_next()):
                    return
                if self.position is None or self._until_next() > 0:
                    continue  # the user went to another position while this one was waited for
                self.go_to(self._due())
                self.changed()
                if self._stops_at(self._reached - 1):
                    return
                # Events without any time between them would leave the window none, either.
                await asyncio.sleep(0)
        finally:
            self._pacer.stop(turn)
            self.changed()

    def _until_next(self) -> float:
        reached = self._reached
        gap = (self._history[reached].at - self._history[reached - 1].at).total_seconds()
        if self._collapsing:
            gap = collapsed(gap)
        return max(gap - (self._clock() - self._shown_since).total_seconds(), 0.0)

    def _due(self) -> int:
        """Return the next position while playing: after all events of the next millisecond."""
        reached = self._reached
        until = self._history[reached].at + timedelta(milliseconds=1)
        following = bisect_right(self._history, until, lo=reached + 1, key=lambda event: event.at)
        for index in range(reached, following):
            if self._stops_at(index):
                return index + 1
        return following

    def _stops_at(self, index: int) -> bool:
        """Return whether the event at `index`, not the first, enters a state with a breakpoint."""
        event = self._history[index]
        return event.state in self._breakpoints and event.enters(self._history[index - 1].state)
