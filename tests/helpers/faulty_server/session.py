"""Sessions that can break the rules of the state machine and of its events."""

import msgspec

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope, wire_time
from exlab_gui.core.protocol.envelopes import FailedEnvelope, PhaseEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin, Resumed
from exlab_gui.core.scenario.scenario import Enter
from exlab_gui.demo_server.session import DemoSession


class FaultySession(DemoSession):
    """A session that conducts itself as `behaviour` has it, and goes where a test wants it."""

    def __init__(self, scenario, behaviour, *, held=False, request=None, **more):
        self._behaviour = behaviour
        self._ended = False
        super().__init__(scenario, held=held, request=request, **more)

    @property
    def is_listened_to(self):
        """Whether somebody waits for the next message, which nobody else will get then."""
        return any(not waiting.done() for waiting in self.messages._getters)

    def hold(self):
        """Go on by `step` alone from now on."""
        self._held = True
        self.news.set()

    def release(self):
        """Go on by itself from now on."""
        self._held = False
        self.news.set()

    def send(self, message):
        """Put `message` into the queue, whatever it is; text becomes a text message."""
        self.messages.put_nowait(message)

    def jump(self, state):
        """Go to `state`, whether or not the table allows it, and on from there.

        `inner` is another session after that. Raises KeyError for what is no state.
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
        history = self.inner.history
        event = Event(history[-1].seq + 1, at, entered, Origin.SIMULATED, envelope)
        self.inner = self._store.adopt([*history, event], self.inner.kind)
        self._publish()

    def _follow_scenario(self):
        if self._behaviour.conduct.illegal_transition and (later := self._state_to_leap_to()):
            self.jump(later)
        else:
            super()._follow_scenario()

    def _state_to_leap_to(self):
        """Return the state after the next one, where there is no legal way there at once."""
        entered = [step.state for step in self._ahead if isinstance(step, Enter)]
        if not isinstance(self._ahead[0], Enter) or len(entered) < 2:
            return None
        return None if CREATION_MACHINE.allows(self.state, entered[1]) else entered[1]

    def _resume(self, answers):
        # Not by the store's own resume: after a leap, no legal way may lead back.
        (back, *_) = CREATION_MACHINE.forward(self.state)
        self._store.transition(self.inner.session_id, back, cause=Resumed(dict(answers)))
        self._publish()

    def _sends(self, envelope):
        match envelope:
            case ProgressEnvelope():
                return self._behaviour.conduct.progress
            case FailedEnvelope():
                return self._behaviour.conduct.failed
        return True

    def _end(self):
        if self._ended:
            return
        self._ended = True
        if self._behaviour.conduct.events_after_end:
            at = wire_time(self._clock())
            for state in CREATION_MACHINE.spine[1:3]:
                self.send(msgspec.json.encode(PhaseEnvelope(CREATION_MACHINE.phase(state), at)))
        super()._end()
