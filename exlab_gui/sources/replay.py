"""A recorded session: played, stepped and moved through, and never changed."""

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from exlab_gui.core.analysis.idle_time import collapsed
from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import Fork, Recording
from exlab_gui.sources.commands import (
    Command,
    GoTo,
    Pause,
    Play,
    Reset,
    SetBreakpoints,
    SetCollapsing,
    SetScenario,
    SetSpeed,
    StepOnce,
)
from exlab_gui.sources.metadata import SessionInfo, info_of
from exlab_gui.sources.pacing import Pacer, Turn
from exlab_gui.sources.positions import within
from exlab_gui.sources.source import RefusedError, SourceKind, Work


class ReplaySource:
    """The session of a recording, by the recording's own machine. It sends nothing anywhere.

    Its whole history is there from the beginning; playing moves the moment that is shown.
    """

    kind = SourceKind.RECORDED
    scenario = None
    connection = ""

    def __init__(self, label: str, recording: Recording) -> None:
        self.label = label
        self.position: int | None = None
        self._recording = recording
        self._clock = SimulatedClock()
        self._pacer = Pacer(self._clock)
        self._breakpoints: frozenset[str] = frozenset()
        self._collapsing = False
        self._listeners: list[Callable[[], None]] = []
        self._shown_since = self._clock()

    @property
    def problems(self) -> Sequence[str]:
        """What of the file could not be read, and where."""
        return [f"line {p.line:,}: {p.sentence}" for p in self._recording.problems]

    @property
    def info(self) -> SessionInfo:
        """What the recording tells of the session."""
        return info_of(self._recording.header.request)

    @property
    def fork(self) -> Fork | None:
        """Which session the recorded one was a fork of."""
        return self._recording.header.fork

    @property
    def machine(self) -> StateMachine:
        """The machine that the recording brings with it."""
        return self._recording.machine

    @property
    def history(self) -> Sequence[Event]:
        """Every event of the recording."""
        return self._recording.events

    @property
    def playing(self) -> bool:
        """Whether the recording is being played."""
        return self._pacer.running

    def now(self) -> datetime:
        """Return the time in the recording: between two events only while it is played."""
        reached = self._reached
        at = self.history[reached - 1].at
        if not self.playing or reached == len(self.history):
            return at
        return max(at, min(at + (self._clock() - self._shown_since), self.history[reached].at))

    def recording(self) -> Recording:
        """Return the recording as it was read."""
        return self._recording

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change."""
        self._listeners.append(listener)

    def why_not(self, command: Command) -> str | None:
        """Return why `command` would be refused now, or None."""
        match command:
            case GoTo() | SetSpeed() | SetBreakpoints() | SetCollapsing():
                return None
            case Play():
                return "The recording is playing already." if self.playing else None
            case Pause():
                return None if self.playing else "Nothing is playing."
            case StepOnce():
                return "The recording is at its end." if self.position is None else None
            case Reset():
                return "The recording is at its beginning." if self._reached == 1 else None
            case SetScenario():
                return "A recording plays what was recorded. Open a new session for a scenario."
        return "This is a recording: it cannot be changed. Fork it to go on by hand from here."

    def send(self, command: Command) -> Work | None:
        """Carry out `command`; `Play` returns the playing itself, to be run by the caller.

        Raises RefusedError, and changes nothing, where `why_not` gives a reason.
        """
        if reason := self.why_not(command):
            raise RefusedError(reason)
        work = None
        match command:
            case Play():
                work = self._play(self._pacer.start())
                if self.position is None:
                    self._show(1)
            case Pause():
                self._pacer.stop()
            case StepOnce():
                self._pacer.stop()
                self._show(self._reached + 1)
            case Reset():
                self._pacer.stop()
                self._show(1)
            case GoTo(position):
                self._show(position)
            case SetSpeed(speed):
                self._pacer.speed = speed
            case SetBreakpoints(states):
                self._breakpoints = states
            case SetCollapsing(collapsing):
                self._collapsing = collapsing
        self._changed()
        return work

    def close(self) -> None:
        """Stop playing; no listener is called any more."""
        self._listeners.clear()
        self._pacer.stop()

    @property
    def _reached(self) -> int:
        return len(self.history) if self.position is None else self.position

    async def _play(self, turn: Turn) -> None:
        try:
            while self.position is not None:
                if not await self._pacer.wait(turn, self._until_next()):
                    return
                if self.position is None or self._until_next() > 0:
                    continue  # the user moved to another moment while this one was waited for
                before = self.history[self.position - 1].state
                self._show(self._due())
                self._changed()
                state = self.history[self._reached - 1].state
                if state != before and state in self._breakpoints:
                    return
                # Events without any time between them would leave the window none, either.
                await asyncio.sleep(0)
        finally:
            self._pacer.stop(turn)
            self._changed()

    def _until_next(self) -> float:
        """Return how many seconds of the recording's time the next event is to be waited for."""
        reached = self._reached
        gap = (self.history[reached].at - self.history[reached - 1].at).total_seconds()
        if self._collapsing:
            gap = collapsed(gap)
        return max(gap - (self._clock() - self._shown_since).total_seconds(), 0.0)

    def _due(self) -> int:
        """Return the moment that playing has come to: beyond several events that came at once."""
        reached = self._reached
        first = self.history[reached]
        until = first.at + timedelta(milliseconds=1)
        following = bisect_right(self.history, until, lo=reached + 1, key=lambda event: event.at)
        for index in range(reached, following):
            state = self.history[index].state
            if state in self._breakpoints and state != self.history[index - 1].state:
                return index + 1
        return following

    def _show(self, position: int | None) -> None:
        self.position = within(position, len(self.history))
        self._shown_since = self._clock()

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()
