"""A simulated session, stepped by hand or played from a scenario."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from math import inf

from exlab_gui.core.analysis import legality
from exlab_gui.core.clock import SimulatedClock, utc_now
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.scenario.scenario import Scenario, perform
from exlab_gui.core.session import Session, SessionStore
from exlab_gui.core.state_machine import SessionState
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import Fork, Header, new_header
from exlab_gui.sources.commands import (
    Cancel,
    Command,
    Fail,
    Hold,
    Move,
    Pause,
    Play,
    Redo,
    Reset,
    Resume,
    SetBreakpoints,
    SetScenario,
    SetSpeed,
    Step,
    StepOnce,
    Undo,
    WalkTo,
)
from exlab_gui.sources.metadata import SessionInfo, info_of
from exlab_gui.sources.pacing import Pacer, Turn
from exlab_gui.sources.scenario_cursor import ScenarioCursor
from exlab_gui.sources.source import Observable, SessionSource, SourceTraits, Work
from exlab_gui.sources.undo import Steps

_MOVES = (Step, WalkTo, Resume, Cancel, Fail, Undo, Redo)
_PLAYING = (Play, Pause, Hold, StepOnce, Reset, SetSpeed, SetBreakpoints, SetScenario)


class SimulatedSource(SessionSource):
    """One simulated session (§4.4.7), stepped by hand or played from a scenario.

    Every move goes through the session store, and so through the guard. `clock` is the session's
    time; it runs as fast as the scenario is played. With `history` it goes on from there, as a
    `fork` of the session that the history is of.
    """

    traits = SourceTraits(
        origin="simulated",
        short=phrase("Simulated"),
        title=phrase("Simulated session"),
        icon="simulated",
        commands=frozenset((*_MOVES, *_PLAYING)),
        refusal=phrase("A simulated session does not have this command."),
        is_here_only=True,
    )

    def __init__(
        self,
        label: str,
        machine: StateMachine = CREATION_MACHINE,
        scenario: Scenario | None = None,
        clock: SimulatedClock | None = None,
        fork: Fork | None = None,
        history: Sequence[Event] = (),
    ) -> None:
        super().__init__()
        self.machine = machine
        self._label = label
        self._resets = 0
        self._fork = fork
        self._past = history
        self._clock = clock or _clock_from(history)
        self._pacer = Pacer(self._clock)
        self._breakpoints: frozenset[str] = frozenset()
        self._cursor = ScenarioCursor(machine, scenario)
        self._open()

    @property
    def playing(self) -> bool:
        return self._pacer.running

    @property
    def info(self) -> SessionInfo:
        asked = info_of(self._label, self._session.request)
        return asked._replace(fork=self._fork, scenario=self._cursor.scenario)

    def now(self) -> datetime:
        """Return the session's time; it runs faster than real time while it plays faster."""
        return self._clock()

    @property
    def is_untouched(self) -> bool:
        return not self._past and not self._has_begun

    def before_reset(self) -> "SimulatedSource | None":
        if not self._has_begun:
            return None
        self._pacer.stop()
        self._resets += 1
        earlier = copy(self)
        earlier._label = f"{self._label}, run {self._resets}"
        earlier._listeners = []
        earlier.keepers = Observable()
        earlier._cursor, earlier._steps = copy(self._cursor), copy(self._steps)
        # The session and its store go on with the clock that they have.
        self._clock = copy(self._clock)
        earlier._pacer = Pacer(earlier._clock, self._pacer.speed)
        self._pacer = Pacer(self._clock, self._pacer.speed)
        return earlier

    def close(self) -> None:
        super().close()
        self._pacer.stop()

    def _header(self) -> Header:
        session = self._session
        return new_header(
            self.machine,
            self._label,
            self.traits.origin,
            self.history[0].at,
            session_id=session.session_id,
            kind=session.kind,
            request=session.request,
            fork=self._fork,
        )

    def _why_not_now(self, command: Command) -> str | None:
        state = self._session.state
        match command:
            case Step(to):
                return legality.why_illegal(self.machine, state, to)
            case WalkTo(to):
                walkable = to != state and self.machine.path(state, to)
                return None if walkable else legality.why_illegal(self.machine, state, to)
            case Cancel():
                return legality.why_illegal(self.machine, state, SessionState.ABORTED)
            case Fail():
                return legality.why_illegal(self.machine, state, SessionState.FAILED)
            case Resume() if self._session.next_action != "awaiting_input":
                return phrase("The session does not wait for input: it is in {state}.", state=state)
            case Resume():
                return legality.why_illegal(self.machine, state, self._session.came_from)
            case Play() if self.playing:
                return "The scenario is playing already."
            case Pause() if not self.playing:
                return "Nothing is playing."
            case Play() | StepOnce():
                return self._cursor.why_not_next(self._session)
            case Undo() if not self._steps.can_undo:
                return "Nothing was done in this session that can be undone."
            case Redo() if not self._steps.can_redo:
                return "Nothing was undone."
            case Reset() if not self._has_begun:
                return "Nothing has happened yet."
            case SetScenario() if self._fork is not None:
                return "A fork has no scenario. Open a new session to play one."
            case SetScenario() if self._has_begun:
                return "The session has begun. Reset it, or open a new one for another scenario."
            case SetSpeed(speed) if not 0 < speed < inf:
                return phrase("A speed is a number greater than 0, not {speed}.", speed=speed)
        return None

    @property
    def _has_begun(self) -> bool:
        # A step that only waits leaves nothing in the history.
        happened = len(self.history) > max(len(self._past), 1)
        return self.playing or self._cursor.has_begun or happened

    def _carry_out(self, command: Command) -> Work | None:
        match command:
            case Play():
                return self._play(self._pacer.start())
            case Pause():
                self._pacer.stop()
            case Hold(on):
                self._pacer.hold(on)
            case StepOnce():
                self._pacer.stop()
                self._clock.advance(self._cursor.next.after)
                self._perform_next()
            case Reset():
                self._pacer.stop()
                self._cursor.rewind()
                self._open()
            case SetSpeed(speed):
                self._pacer.set_speed(speed)
            case SetBreakpoints(states):
                self._breakpoints = states
            case SetScenario(scenario):
                self._cursor = ScenarioCursor(self.machine, scenario)
                self._open()
            case Undo():
                self._pacer.stop()
                self._restore(*self._steps.undo(self.history, self._cursor.place))
            case Redo():
                self._pacer.stop()
                self._restore(*self._steps.redo(self.history))
            case Step() | WalkTo() | Resume() | Cancel() | Fail():
                self._steps.note(len(self.history), self._cursor.place)
                self._move(command)
                if self.playing:
                    # Something else comes next now, and is waited for from now on.
                    return self._play(self._pacer.start())
        return None

    def _move(self, command: Move) -> None:
        store, session_id = self._store, self._session.session_id
        before = self._session.state
        match command:
            case Step(to):
                store.transition(session_id, to)
            case WalkTo(to):
                for state in (self.machine.path(self._session.state, to) or ())[1:]:
                    self._move(Step(state))
                return
            case Resume(answers):
                store.resume(session_id, answers)
            case Cancel(discard_files):
                store.cancel(session_id, discard_files=discard_files)
            case Fail(error):
                store.fail(session_id, error)
        self._cursor.follow(self._session.state)
        self._stop_if_due(before)

    async def _play(self, turn: Turn) -> None:
        try:
            while not self._cursor.why_not_next(self._session):
                if not await self._pacer.wait(turn, self._cursor.next.after):
                    return
                self._perform_next()
                self.changed()
        finally:
            self._pacer.stop(turn)
            self.changed()

    def _perform_next(self) -> None:
        before, step = self._session.state, self._cursor.next
        count, place = len(self.history), self._cursor.place
        perform(step, self._store, self._session.session_id, self._clock.advance)
        self._cursor.advance()
        if len(self.history) > count:  # it may only have waited
            self._steps.note(count, place)
        self._stop_if_due(before)

    def _stop_if_due(self, before: str) -> None:
        """Pause if `before` was left for a state with a breakpoint, or if no step is left."""
        entered = {self._session.state} - {before}
        if entered & self._breakpoints or self._cursor.why_not_next(self._session):
            self._pacer.stop()

    def _open(self) -> None:
        scenario = self._cursor.scenario
        self._steps = Steps()
        self._store = SessionStore(self.machine, self._clock)
        self._session: Session
        if self._past:
            self._session = self._store.adopt(self._past)
        elif scenario is None:
            self._session = self._store.open("run")
        else:
            self._session = self._store.open(scenario.kind, scenario.request)
        self.history = self._session.history

    def _restore(self, history: Sequence[Event], place: int) -> None:
        """Have `history` instead: that of another session, since none forgets an event."""
        kind, request = self._session.kind, self._session.request
        self._store = SessionStore(self.machine, self._clock)
        self._session = self._store.adopt(history, kind, request)
        self.history = self._session.history
        self._cursor.place = place


def _clock_from(history: Sequence[Event]) -> SimulatedClock:
    if not history:
        return SimulatedClock()
    ago = utc_now() - history[-1].at
    return SimulatedClock(lambda: utc_now() - ago)
