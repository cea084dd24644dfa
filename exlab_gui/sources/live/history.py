"""One history of a live session from polling and from its event stream, without I/O.

A snapshot tells the current state, and not which states passed since the last one. Messages of the
stream tell of each state, but may arrive long after a snapshot told of it: `correction` puts them
where they belong.
"""

from datetime import datetime

from msgspec.structs import replace

from exlab_gui.core.limits import MESSAGE_BYTES
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.emission import state_told_by
from exlab_gui.core.protocol.envelopes import Envelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.wire import read_envelope
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace.inference import InferredPath, infer_path
from exlab_gui.sources.live.known_history import KnownHistory
from exlab_gui.sources.live.observation import Observation

_KEPT = 4_000  # bytes of a message that is too long


class ObservedHistory(KnownHistory):
    """The history of a session that was first observed in state `first`, at the time `at`.

    A session opens in the machine's initial state (§4.4.7), at `opened` if that is known; the
    states between are inferred.

    With `made_after` it is known from its result only, which was made between then and `at`: then
    nothing is inferred, and that is its only event.
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
        super().__init__(machine, min(opened, at) if opened else at)
        self.misses_messages = False
        """Whether the stream skipped states, though it never broke off."""
        if made_after is not None:
            by_result = Event(0, at, first.state, Origin.OBSERVED, cause=first.end)
            self._enter(replace(by_result, earliest=made_after, mark=Mark.RESULT))
            return
        opens = first.state == machine.initial
        origin = Origin.OBSERVED if opens else Origin.INFERRED
        self._enter(Event(0, at, machine.initial, origin, earliest=self._confirmed))
        if not opens:
            self.take_observation(first, at, at)

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
        confirmed, self._confirmed = self._confirmed, at
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
            self._take_between(at, confirmed, envelope, wire)
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

    def _take_between(
        self, at: datetime, confirmed: datetime, envelope: Envelope, wire: bytes | None
    ) -> None:
        """Add a message that was sent during a visit, and that visit if no message told of it."""
        state = self._corrected.come_to(envelope)
        if state is not None and self.machine.path(self.state, state) is not None:
            self._note_skip(state)
            self._confirmed = confirmed
            self.take_observation(Observation(state), at, at)
            self._corrected.come_to(envelope)
        caught_up, seq = self.caught_up, len(self.arrivals) + 1
        mark = None if caught_up else Mark.LATE
        between = Event(seq, at, self.state, Origin.OBSERVED, envelope, wire=wire, mark=mark)
        self._append(between, told=caught_up)

    def _note_skip(self, state: str) -> None:
        """Note that the stream went on to `state`, without a message that leads there."""
        skips = self.caught_up and not self._has_loss
        skips = skips and self.machine.path(self.state, state) is not None
        self.misses_messages = self.misses_messages or skips

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
                self._note_skip(entered)
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
