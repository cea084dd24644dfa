"""Whatever a simulated source is told, in whatever order, its session keeps the spec's rules."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from exlab_gui.core.protocol.emission import wire_time
from exlab_gui.core.protocol.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.sources.commands import (
    Cancel,
    Fail,
    Pause,
    Play,
    Reset,
    Resume,
    SetBreakpoints,
    SetScenario,
    SetSpeed,
    Step,
    StepOnce,
    WalkTo,
)
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.sources.source import RefusedError
from tests.helpers import spec
from tests.helpers.expected import way
from tests.helpers.scripts import AT_ONCE, scripts
from tests.helpers.strategies import errors

STATES = st.sampled_from(spec.STATES)
SCRIPTS = scripts() | scripts(after=1.0)


class SourceRules(RuleBasedStateMachine):
    """A source that is told things at random, while a loop lets it play for a while in between.

    `seen` is its history as of the last look, to tell that nothing was taken back.
    """

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.tasks = []
        self.told = 0

    @initialize(scenario=st.none() | SCRIPTS)
    def open(self, scenario):
        self.source = SimulatedSource("sim-1", scenario=scenario)
        self.source.send(SetSpeed(AT_ONCE))
        self.source.subscribe(self.listen)
        self.history, self.seen = self.source.history, list(self.source.history)

    def listen(self):
        self.told += 1

    def tell(self, command):
        """Send `command`; hold that it was told or refused; return whether it was carried out."""
        reason, told, before = self.source.why_not(command), self.told, list(self.source.history)
        playing = self.source.playing
        if reason is None:
            work = self.source.send(command)
            if work is not None:
                self.tasks.append(self.loop.create_task(work))
            assert self.told == told + 1
            return True
        with pytest.raises(RefusedError) as refused:
            self.source.send(command)
        assert str(refused.value) == reason
        assert self.told == told
        assert list(self.source.history) == before
        assert self.source.playing == playing
        return False

    def move(self, command, allowed, new_state):
        """Send a move; hold that it is made exactly where it is allowed."""
        before = list(self.source.history)
        assert self.tell(command) == allowed
        if allowed:
            assert self.source.history[: len(before)] == before
            assert self.source.history[-1].state == new_state

    @property
    def state(self):
        return self.source.history[-1].state

    @rule(to=STATES)
    def step(self, to):
        self.move(Step(to), to in spec.FOLLOWING[self.state], to)

    @rule(data=st.data())
    def go_on(self, data):
        """Go a step that ends nothing, so that long ways are walked often."""
        forward = sorted(spec.FOLLOWING[self.state] - {"failed", "aborted"})
        if forward:
            self.step(data.draw(st.sampled_from(forward)))

    @rule(to=STATES)
    def walk(self, to):
        self.move(WalkTo(to), way(self.state, to) is not None, to)

    @rule()
    def resume(self):
        self.move(Resume({"sample_id": "S-1"}), self.state == "input_required", "plugin_pass")

    @rule(discard_files=st.booleans())
    def cancel(self, discard_files):
        self.move(Cancel(discard_files), bool(spec.FOLLOWING[self.state]), "aborted")

    @rule(error=errors())
    def fail(self, error):
        self.move(Fail(error), bool(spec.FOLLOWING[self.state]), "failed")

    @rule()
    def play(self):
        playing = self.source.playing
        carried_out = self.tell(Play())
        assert self.source.playing == (carried_out or playing)
        assert not (carried_out and playing)

    @rule()
    def pause(self):
        assert self.source.playing == self.tell(Pause())
        assert not self.source.playing

    @rule()
    def step_once(self):
        if self.tell(StepOnce()):
            assert not self.source.playing

    @rule()
    def reset(self):
        if self.tell(Reset()):
            assert self.source.history is not self.history
            self.history, self.seen = self.source.history, []
        assert not self.source.playing
        assert [event.state for event in self.source.history] == ["pending"]

    @rule(scenario=SCRIPTS)
    def choose_a_scenario(self, scenario):
        if self.tell(SetScenario(scenario)):
            assert self.source.info.scenario is scenario
            self.history, self.seen = self.source.history, []

    @rule(states=st.frozensets(STATES, max_size=2))
    def set_breakpoints(self, states):
        assert self.tell(SetBreakpoints(states))

    @rule(speed=st.sampled_from([-1.0, 0.0, 1.0, AT_ONCE]))
    def set_speed(self, speed):
        assert self.tell(SetSpeed(speed)) == (speed > 0)

    @rule(turns=st.integers(1, 8))
    def let_it_play(self, turns):
        for _ in range(turns):
            self.loop.run_until_complete(asyncio.sleep(0))

    @invariant()
    def nothing_is_taken_back(self):
        """Hold the history to what it was, and what has been added to it."""
        assert self.source.history is self.history
        assert self.history[: len(self.seen)] == self.seen
        self.seen = list(self.history)

    @invariant()
    def the_history_obeys_the_machine(self):
        """Hold each event to the spec: its number, time, move and envelope."""
        history = self.source.history
        assert [event.seq for event in history] == list(range(1, len(history) + 1))
        assert history[0].state == "pending"
        assert history[0].envelope is None
        for before, event in pairwise(history):
            assert before.at <= event.at
            if isinstance(event.envelope, ProgressEnvelope | WarningEnvelope):
                assert event.state == before.state
                assert event.envelope.phase == spec.PHASES[event.state]
                continue
            assert event.state in spec.FOLLOWING[before.state]
            assert event.kind == (spec.KINDS[event.state] or "transition")
            if event.kind == "phase":
                assert event.envelope.phase == spec.PHASES[event.state]
                assert event.envelope.at == wire_time(event.at)
            elif event.kind == "failed":
                assert event.envelope.phase == spec.PHASES[before.state]

    @invariant()
    def the_time_goes_on(self):
        """Hold that no event is in the future of the session."""
        assert self.source.now() >= self.source.history[-1].at

    async def all_tasks_have_ended(self):
        await asyncio.gather(*self.tasks)

    def teardown(self):
        """Close in the middle of everything: no step and no change comes after, no task is left."""
        history, told = list(self.source.history), self.told
        try:
            self.source.close()
            self.loop.run_until_complete(self.all_tasks_have_ended())
            assert list(self.source.history) == history
            assert self.told == told
            assert not self.source.playing
            assert not asyncio.all_tasks(self.loop)
        finally:
            self.loop.close()


TestSourceRules = SourceRules.TestCase
TestSourceRules.settings = settings(settings.default, stateful_step_count=40)
