"""One simulated session of the demo server."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import UNSET

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Envelope,
    FailedEnvelope,
    InputRequiredEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.form import wrong_answers
from exlab_gui.core.protocol.lenient_form import read_question
from exlab_gui.core.scenario.scenario import Answer, Enter, Scenario, Step, Wait, perform
from exlab_gui.core.session import ABANDONED_AFTER, SessionStore
from exlab_gui.core.state_machine import Phase, SessionState

RESUME_DELAY_S = 0.2
"""Simulated seconds from a resume to the change of the session."""


class DemoSession:
    """A session, its remaining steps, and the queue of its messages.

    `messages` wait until they are taken, each by one listener; None is the end, which one listener
    takes too: any other waits forever. `inner` is the session in its store (§4.4.7). `question` is
    that of a plugin, kept if the session is aborted. `news` is set by every change. Only `step`
    advances a session that is `held`. Plugins ask for `fields`, if given, whatever these are.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        held: bool = False,
        request: Mapping[str, Any] | None = None,
        fields: Any = UNSET,
    ) -> None:
        self.request = scenario.request if request is None else request
        self.messages: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.news = asyncio.Event()
        self._held = held
        self._fields = fields
        self._clock = SimulatedClock()
        self._store = SessionStore(CREATION_MACHINE, self._clock)
        self.inner = self._store.open(scenario.kind, self.request)
        self.session_id: Final = self.inner.session_id
        self._ahead = deque(scenario.steps)
        self.question: InputRequiredEnvelope | None = None
        self.answers: Mapping[str, Any] | None = None
        self._published = len(self.inner.history)

    @property
    def state(self) -> str:
        return self.inner.state

    @property
    def is_over(self) -> bool:
        return self.inner.is_over

    @property
    def awaits_answers(self) -> bool:
        """Whether it waits for input and has no answers yet."""
        return self.inner.next_action == "awaiting_input" and self.answers is None

    @property
    def may_go_on(self) -> bool:
        return not self._held and not self.awaits_answers

    @property
    def due_in_s(self) -> float | None:
        """Simulated seconds until the next step, or None if there is none."""
        if self.answers is not None:
            return RESUME_DELAY_S
        return self._ahead[0].after if self._ahead and not self.is_over else None

    async def play(self, rate: float) -> None:
        """Play to the end at `rate` times the scenario's speed, except while held or waiting."""
        while not self.is_over:
            self.news.clear()
            due_in_s = self.due_in_s
            if due_in_s is None or not self.may_go_on:
                await self._wait_for_news()
                continue
            await asyncio.sleep(due_in_s / rate)
            if self.may_go_on:
                self.step()

    def step(self) -> None:
        """Resume with the answers, or do the scenario's next step, if there is one."""
        if self.answers is not None:
            self._follow_answers(self.answers)
        elif self.due_in_s is not None:
            self._follow_scenario()

    def run_to(self, state: str) -> None:
        """Step until the session is in `state`, or nothing is left to do."""
        while self.state != state and self.due_in_s is not None:
            self.step()

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Take answers for the next step. Raises ValueError if the session waits for none."""
        if not self.awaits_answers:
            raise ValueError(f"the session does not wait for input: it is in {self.state}")
        self.answers = answers
        self.news.set()

    def cancel(self, *, discard_files: bool) -> None:
        """Abort the session. Raises ValueError if it is over."""
        self._store.cancel(self.inner.session_id, discard_files=discard_files)
        self._publish()

    def payload(self, question: InputRequiredEnvelope) -> dict[str, Any]:
        """Return what stands for `question` in snapshots, and with its kind in the stream."""
        return {
            "fields": question.fields if self._fields is UNSET else self._fields,
            "reason": question.reason,
            "plugin": question.plugin,
        }

    async def _wait_for_news(self) -> None:
        try:
            async with asyncio.timeout(ABANDONED_AFTER.total_seconds()):
                await self.news.wait()
        except TimeoutError:
            if self.awaits_answers:
                self._perform(Wait(seconds=ABANDONED_AFTER.total_seconds() + 1))

    def _follow_answers(self, answers: Mapping[str, Any]) -> None:
        question = self.question
        asked = msgspec.json.decode(msgspec.json.encode(self.payload(question))) if question else {}
        if question and wrong_answers(read_question(asked).fields, answers):
            self._ahead.appendleft(Enter(state=self.state, after=RESUME_DELAY_S, emits=question))
            self._resume(answers)
            return
        scripted = self._ahead and isinstance(self._ahead[0], Answer)
        self._resume(answers)
        if scripted:
            self._ahead.popleft()
        else:  # the scenario's own operator would never have answered
            self._go_straight_on_from(self.state)

    def _follow_scenario(self) -> None:
        step = self._ahead.popleft()
        if isinstance(step, Answer):
            self._resume(step.inputs)
        else:
            self._perform(step)

    def _go_straight_on_from(self, state: str) -> None:
        path = CREATION_MACHINE.path(state, CREATION_MACHINE.spine[-1]) or (state,)
        self._ahead = deque(Enter(state=following) for following in path[1:])

    def _resume(self, answers: Mapping[str, Any]) -> None:
        self._store.resume(self.inner.session_id, answers)
        self._publish()

    def _perform(self, step: Step) -> None:
        match step:
            case Enter(state=SessionState.DONE, emits=None):
                step = msgspec.structs.replace(step, emits=DoneEnvelope(_result(self.request)))
        perform(step, self._store, self.inner.session_id, self._clock.advance)
        self._publish()

    def _publish(self) -> None:
        history = self.inner.history
        for event in history[self._published :]:
            if event.envelope is not None and self._sends(event.envelope):
                self.messages.put_nowait(msgspec.json.encode(self._sent(event.envelope)))
        self._published = len(history)
        self.answers = None
        if self.state != SessionState.ABORTED:
            self.question = self.inner.pending_input
        if self.is_over:
            self._end()
        self.news.set()

    def _sent(self, envelope: Envelope) -> Any:
        if not isinstance(envelope, InputRequiredEnvelope):
            return envelope
        return {"kind": envelope.kind, **self.payload(envelope)}

    def _sends(self, envelope: Envelope) -> bool:
        """Return whether a real server sends `envelope`: it sends no progress of plugins."""
        match envelope:
            case ProgressEnvelope() | FailedEnvelope():
                return False
            case WarningEnvelope(phase=Phase.RUNNING_PLUGINS):
                return False
        return True

    def _end(self) -> None:
        self.messages.put_nowait(None)


def _result(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a session whose scenario gives none."""
    label = request.get("label", "")
    project = request.get("project_name")
    folders = [request.get("equipment_id"), project, f"Run_{label}" if project else label]
    path = "/".join(["/data", *filter(None, folders)])
    return {"path": path, "sync_status": "pending", "blocked": False, "findings": []}
