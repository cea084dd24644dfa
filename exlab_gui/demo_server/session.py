"""One simulated session that goes through its scenario, by itself or stepped by a test."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any

import msgspec

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope, wire_time
from exlab_gui.core.protocol.envelopes import (
    Envelope,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
)
from exlab_gui.core.protocol.events import Event, Origin, Resumed
from exlab_gui.core.protocol.form import wrong_answers
from exlab_gui.core.scenario.scenario import Answer, Enter, Scenario, Step, Wait, perform
from exlab_gui.core.session import ABANDONED_AFTER, Session, SessionStore
from exlab_gui.core.state_machine import SessionState
from exlab_gui.demo_server.event_queue import EventQueue
from exlab_gui.demo_server.faults import Behaviour
from exlab_gui.demo_server.malformed import Message

MOMENT_S = 0.2
"""How long after a resume the session changes, in simulated seconds."""


class DemoSession:
    """A session, the steps that it has ahead, and the queue of what it emits.

    Whatever changes it sets `news`. It goes on by itself (`playing.play`) unless it is held.
    """

    def __init__(
        self,
        scenario: Scenario,
        behaviour: Behaviour,
        *,
        held: bool = False,
        request: Mapping[str, Any] | None = None,
    ) -> None:
        self.request = scenario.request if request is None else request
        self.queue = EventQueue()
        self.news = asyncio.Event()
        self._held = held
        self._prompted = False
        self._behaviour = behaviour
        self._clock = SimulatedClock()
        self._store = SessionStore(CREATION_MACHINE, self._clock)
        self._session = self._store.open(scenario.kind, self.request)
        self.session_id = self._session.session_id
        self._ahead = deque(scenario.steps)
        self._question: InputRequiredEnvelope | None = None
        self._answers: Mapping[str, Any] | None = None
        self._published = len(self._session.history)
        self._ended = False

    @property
    def inner(self) -> Session:
        """The session in its store (§4.4.7); after a jump it has another id there."""
        return self._session

    @property
    def state(self) -> str:
        """Where the session stands."""
        return self._session.state

    @property
    def is_over(self) -> bool:
        """Whether it stands in a terminal state."""
        return self._session.is_over

    @property
    def awaits_answers(self) -> bool:
        """Whether it waits for input, and has got no answers yet."""
        return self._session.next_action == "awaiting_input" and self._answers is None

    @property
    def question(self) -> InputRequiredEnvelope | None:
        """What a plugin asks for, or asked for when the session was aborted."""
        return self._question

    @property
    def may_go_on(self) -> bool:
        """Whether nothing keeps it from its next step: neither a hold nor a question."""
        return not self._held and (self._prompted or not self.awaits_answers)

    @property
    def due_in_s(self) -> float | None:
        """How many simulated seconds the next step is to be waited for; None: there is none."""
        if self._answers is not None:
            return MOMENT_S
        return self._ahead[0].after if self._ahead and not self.is_over else None

    def hold(self) -> None:
        """Go on by `step` alone from now on."""
        self._held = True
        self.news.set()

    def release(self) -> None:
        """Go on by itself from now on."""
        self._held = False
        self.news.set()

    def prompt(self) -> None:
        """Let the scenario's own operator do what comes next: answer, cancel, or stay away."""
        self._prompted = True
        self.news.set()

    def step(self) -> None:
        """Do the next thing: what follows from answers, or else the scenario's next step.

        Nothing happens where there is nothing left to do.
        """
        self._prompted = False
        if self._answers is not None:
            self._follow_answers(self._answers)
        elif self.due_in_s is not None:
            self._follow_scenario()

    def run_to(self, state: str) -> None:
        """Step until the session stands in `state`, or there is nothing left to do."""
        while self.state != state and self.due_in_s is not None:
            self.step()

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Take the operator's answers, which show only with the next step.

        Raises ValueError where the session does not wait for any.
        """
        if not self.awaits_answers:
            raise ValueError(f"the session does not wait for input: it is in {self.state}")
        self._answers = answers
        self.news.set()

    def cancel(self, *, discard_files: bool) -> None:
        """Abort the session. Raises ValueError where it is over."""
        self._store.cancel(self._session.session_id, discard_files=discard_files)
        self._publish()

    def abandon(self) -> None:
        """Let more than an hour of its time go by without a sign of life (§4.4.7)."""
        self._perform(Wait(seconds=ABANDONED_AFTER.total_seconds() + 1))

    def jump(self, state: str) -> None:
        """Go to `state`, whether or not the table allows it, and on from there.

        Raises KeyError for what is no state.
        """
        at = self._clock()
        entered = CREATION_MACHINE.member(state)
        envelope = entry_envelope(CREATION_MACHINE, self.state, entered, at)
        while self._ahead:
            step = self._ahead.popleft()
            if isinstance(step, Enter) and step.state == entered:
                envelope = step.emits or envelope
                break
        else:
            self._go_straight_on_from(entered)
        history = self._session.history
        event = Event(history[-1].seq + 1, at, entered, Origin.SIMULATED, envelope)
        self._session = self._store.adopt([*history, event], self._session.kind)
        self._publish()

    def send(self, message: Message) -> None:
        """Put `message` into the queue, whatever it is."""
        self.queue.put(message)

    def _follow_answers(self, answers: Mapping[str, Any]) -> None:
        question = self._question
        wrong = wrong_answers(question.fields, answers) if question else {}
        if question and wrong:
            said = " ".join(f"{key}: {sentence}" for key, sentence in wrong.items())
            again = InputRequiredEnvelope(question.fields, said, question.plugin)
            self._ahead.appendleft(Enter(state=self.state, after=MOMENT_S, emits=again))
            self._resume(answers)
            return
        scripted = self._ahead and isinstance(self._ahead[0], Answer)
        self._resume(answers)
        if scripted:
            self._ahead.popleft()
        else:  # the scenario's own operator would never have answered
            self._go_straight_on_from(self.state)

    def _follow_scenario(self) -> None:
        if self._behaviour.conduct.illegal_transition and (later := self._state_to_leap_to()):
            self.jump(later)
            return
        step = self._ahead.popleft()
        if isinstance(step, Answer):
            self._resume(step.inputs)
        else:
            self._perform(step)

    def _state_to_leap_to(self) -> str | None:
        """Return the state after the next one, where there is no legal way there at once."""
        entered = [step.state for step in self._ahead if isinstance(step, Enter)]
        if not isinstance(self._ahead[0], Enter) or len(entered) < 2:
            return None
        return None if CREATION_MACHINE.allows(self.state, entered[1]) else entered[1]

    def _go_straight_on_from(self, state: str) -> None:
        way = CREATION_MACHINE.path(state, CREATION_MACHINE.spine[-1]) or (state,)
        self._ahead = deque(Enter(state=following) for following in way[1:])

    def _resume(self, answers: Mapping[str, Any]) -> None:
        # Not by the store's own resume: after a leap, no legal way may lead back.
        (back, *_) = CREATION_MACHINE.forward(self.state)
        self._store.transition(self._session.session_id, back, cause=Resumed(dict(answers)))
        self._publish()

    def _perform(self, step: Step) -> None:
        perform(step, self._store, self._session.session_id, self._clock.advance)
        self._publish()

    def _publish(self) -> None:
        history = self._session.history
        for event in history[self._published :]:
            if event.envelope is not None and self._sends(event.envelope):
                self.queue.put(msgspec.json.encode(event.envelope))
        self._published = len(history)
        self._answers = None
        if self.state != SessionState.ABORTED:
            self._question = self._session.pending_input
        if self.is_over and not self._ended:
            self._end()
        self.news.set()

    def _sends(self, envelope: Envelope) -> bool:
        match envelope:
            case ProgressEnvelope():
                return self._behaviour.conduct.progress
            case FailedEnvelope():
                return self._behaviour.conduct.failed
        return True

    def _end(self) -> None:
        self._ended = True
        if self._behaviour.conduct.events_after_end:
            at = wire_time(self._clock())
            for state in CREATION_MACHINE.spine[1:3]:
                self.queue.put(
                    msgspec.json.encode(PhaseEnvelope(str(CREATION_MACHINE.phase(state)), at))
                )
        self.queue.end()
