"""One history of a live session from polling and from its event stream, without I/O.

A snapshot tells the current state, and not which states passed since the last one. Messages of the
stream tell of each state, but may arrive long after a snapshot told of it: `correction` puts them
where they belong.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from exlab_gui.core.limits import MESSAGE_BYTES
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.emission import state_told_by
from exlab_gui.core.protocol.envelopes import Envelope, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Cancelled, Event, Mark, Origin, Resumed
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.protocol.wire import read_envelope
from exlab_gui.core.state_machine import SessionState
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace.correction import CorrectedHistory
from exlab_gui.core.trace.inference import InferredPath, infer_path
from exlab_gui.sources.live.observation import Observation

_REMEMBERED = 8
_KEPT = 4_000  # bytes of a message that is too long


class ObservedHistory:
    """The history of a session that was first observed in state `first`, at the time `at`.

    A session opens in the machine's initial state (§4.4.7), at `opened` if that is known; the
    states between are inferred.

    With `made_after` it is known from its result only, which was made between then and `at`: then
    nothing is inferred, and that is its only event. `made` is the path of what it made.
    """

    def __init__(
        self,
        machine: StateMachine,
        first: Observation,
        at: datetime,
        opened: datetime | None = None,
        *,
        made_after: datetime | None = None,
    ) -> None:
        self.machine: Final = machine
        self.problems: Final[list[str]] = []
        self._corrected = CorrectedHistory(machine)
        self.arrivals: Final = self._corrected.arrivals
        self._confirmed = min(opened, at) if opened else at
        self._answers: Mapping[str, Any] | None = None
        self._discard_files: bool | None = None
        self._has_loss = False
        self.misses_messages = False
        """Whether the stream skipped states, though it never broke off."""
        self.made: str | None = None
        if made_after is not None:
            by_result = Event(0, at, first.state, Origin.OBSERVED, cause=first.end)
            self._enter(replace(by_result, earliest=made_after, mark=Mark.RESULT))
            return
        opens = first.state == machine.initial
        origin = Origin.OBSERVED if opens else Origin.INFERRED
        self._enter(Event(0, at, machine.initial, origin, earliest=self._confirmed))
        if not opens:
            self.take_observation(first, at, at)

    @property
    def history(self) -> Sequence[Event]:
        """The events as they happened, as far as that is known; after a correction a new one."""
        return self._corrected.events

    @property
    def state(self) -> str:
        """The state that the session was last known to be in."""
        return self._corrected.state

    @property
    def entered(self) -> Event:
        """The event that entered it."""
        return self._corrected.entered

    @property
    def last_entry(self) -> Event:
        """The same as it arrived."""
        return self._corrected.last_entry

    @property
    def is_over(self) -> bool:
        return self.state in self.machine.terminal

    @property
    def question(self) -> InputRequiredEnvelope | None:
        """The plugin's question, if the session waits for input and the question is known."""
        question = self._asked.envelope if self._asked else None
        return question if isinstance(question, InputRequiredEnvelope) else None

    @property
    def _asked(self) -> Event | None:
        if not self.machine.awaits_input(self.state):
            return None
        entered = self.entered
        return entered if isinstance(entered.envelope, InputRequiredEnvelope) else None

    @property
    def confirmed(self) -> datetime:
        """The last time at which the session was known to be in its state."""
        return self._confirmed

    @property
    def caught_up(self) -> bool:
        """Whether the stream has reported the last known state."""
        return self._corrected.caught_up

    @property
    def answered(self) -> bool:
        """Whether the server took answers, and no later state is known."""
        return self._answers is not None

    def differs(self, observation: Observation) -> bool:
        """Return whether `observation` tells something new."""
        if observation.state != self.state:
            return True
        return observation.question is not None and observation.question != self.question

    def confirm(self, at: datetime) -> None:
        """Note that the session was still in its state at `at`."""
        self._confirmed = max(self._confirmed, at)

    def take_observation(
        self, observation: Observation, asked: datetime, at: datetime, *, exact: bool = False
    ) -> bool:
        """Add a response requested at `asked` and received at `at`; return whether it was new.

        `exact`: the stream has sent all it had. Then nothing can have passed unobserved if it was
        caught up and the table allows the step.
        """
        if not self.differs(observation):
            self.confirm(asked)
            if not exact or self.caught_up or not self.is_over:
                return False
            # The stream does not tell of this end: what it told of last came before it.
            state, cause = observation.state, observation.end
            self._append(Event(0, at, state, Origin.OBSERVED, cause=cause, mark=Mark.LATE))
            return True
        caught_up = exact and self.caught_up
        known = infer_path(self.machine, self.state, observation.state)
        if caught_up and self.machine.allows(self.state, observation.state):
            known = InferredPath((), certain=True)
        earliest = self._confirmed
        for state in known.between:
            self._enter(Event(0, at, state, Origin.INFERRED, earliest=earliest))
        self._enter(
            Event(
                0,
                at,
                observation.state,
                Origin.OBSERVED,
                observation.question,
                observation.end,
                wire=observation.wire,
                earliest=earliest,
                mark=None if known.certain else Mark.GAP,
            ),
            told=caught_up,
        )
        self.confirm(asked)
        return True

    def take_message(self, message: bytes, at: datetime) -> None:
        """Add a message of the event stream, legible or not."""
        self._confirmed = at
        if len(message) > MESSAGE_BYTES:
            sentence = phrase(
                "A message of {size:,} bytes is too long; its beginning is kept",
                size=len(message),
            )
            self._not_understood(at, message[:_KEPT], sentence)
            return
        envelope, wire = read_envelope(message)
        if envelope is None:
            self._not_understood(at, message, phrase("A message could not be understood"))
            return
        if not envelope.enters:
            self._corrected.come_to(envelope)
            mark = None if self.caught_up else Mark.LATE
            between = Event(0, at, self.state, Origin.OBSERVED, envelope, wire=wire, mark=mark)
            self._append(between, told=self.caught_up)
            return
        late = Event(0, at, self.state, Origin.OBSERVED, envelope, wire=wire, mark=Mark.LATE)
        state = state_told_by(self.machine, envelope)
        if state is None:
            self._not_understood(at, message, phrase("A message has an unknown phase"))
        elif self._corrected.expects(state) or (
            # It passed unobserved: the current state cannot lead there.
            not self.caught_up and self.machine.path(self.state, state) is None
        ):
            self._append(late)
        else:
            self._enter_reported(at, state, envelope, wire)

    def take_repeated_question(self, at: datetime) -> None:
        """Add that a plugin asks the same question again after the server took answers."""
        state, asked, earliest = self.state, self._asked, self._confirmed
        for passed in infer_path(self.machine, state, state).between:
            self._enter(Event(0, at, passed, Origin.INFERRED, earliest=earliest))
        question, wire = (asked.envelope, asked.wire) if asked else (None, None)
        self._enter(Event(0, at, state, Origin.OBSERVED, question, wire=wire, earliest=earliest))

    def note_answers(self, answers: Mapping[str, Any]) -> None:
        """Note that the server took `answers`: they are the cause of the next state."""
        self._answers = answers

    def note_cancel(self, *, discard_files: bool) -> None:
        """Note that the server took a cancel: it is the cause of an abort that follows."""
        self._discard_files = discard_files

    def note_loss(self) -> None:
        """Note that messages may be lost: the next event that is not late is marked so."""
        self._has_loss = True

    def add_explanation(self, explained: Explained) -> None:
        """Add what was found out about the end, at its time."""
        at = self.arrivals[-1].at
        self._append(Event(0, at, self.state, Origin.OBSERVED, cause=explained, mark=Mark.LATE))

    def add_problem(self, sentence: str) -> bool:
        """Add `sentence` unless a recent problem says the same; return whether it was added."""
        if sentence in self.problems[-_REMEMBERED:]:
            return False
        self.problems.append(sentence)
        return True

    def _enter_reported(
        self, at: datetime, state: str, envelope: Envelope, wire: bytes | None
    ) -> None:
        mark = None
        before: tuple[str, ...] = (state,)
        if envelope.phase_from == "before" and (
            failed_in := self.machine.told_by(envelope.phase or "")
        ):
            # It failed there, which the stream may not have told of.
            before = (state,) if failed_in == self.state else (failed_in, state)
        for entered in before:
            if not self.machine.allows(self.state, entered):
                skips = self.caught_up and not self._has_loss
                skips = skips and self.machine.path(self.state, entered) is not None
                self.misses_messages = self.misses_messages or skips
                between, certain = infer_path(self.machine, self.state, entered)
                mark = mark if certain else Mark.GAP
                for passed in between:
                    self._enter(Event(0, at, passed, Origin.INFERRED))
            if entered != state:
                self._enter(Event(0, at, entered, Origin.INFERRED))
        entry = Event(0, at, state, Origin.OBSERVED, envelope, wire=wire, mark=mark)
        self._enter(entry, told=True)

    def _not_understood(self, at: datetime, message: bytes, sentence: str) -> None:
        text = sanitize(message[:400].decode(errors="replace"), 100)
        told = phrase(
            "{sentence} (event {number:,}): {text}",
            sentence=sentence,
            number=len(self.arrivals) + 1,
            text=text,
        )
        self.problems.append(told)
        self._append(Event(0, at, self.state, Origin.OBSERVED, wire=message))

    def _enter(self, event: Event, *, told: bool = False) -> None:
        """Append `event`, which enters its state; its cause may be a command of this program."""
        cause = event.cause
        answers, self._answers = self._answers, None
        if event.state == SessionState.ABORTED and self._discard_files is not None:
            cause = Cancelled(self._discard_files)
        elif answers is not None and event.state not in self.machine.terminal:
            cause = Resumed(dict(answers))
        if event.result is not None and isinstance(path := event.result.get("path"), str):
            self.made = path
        self._append(replace(event, cause=cause), told=told)

    def _append(self, event: Event, *, told: bool = False) -> None:
        """Append `event` with its number, not before the last one.

        `told`: the stream has told of everything until then.
        """
        at, earliest = event.at, event.earliest
        if self.arrivals:
            at = max(at, self.arrivals[-1].at)  # if the clock was set back, time stands still
        if earliest is not None and earliest >= at:
            earliest = None
        mark = event.mark
        if self._has_loss and event.origin is Origin.OBSERVED and mark is not Mark.LATE:
            mark, self._has_loss = mark or Mark.LOSS, False
        seq = len(self.arrivals) + 1
        arrival = replace(event, seq=seq, at=at, earliest=earliest, mark=mark)
        self._corrected.add(arrival, told=told)
