"""Simulated sources for tests, and what it means that one refuses a command."""

import pytest

from exlab_gui.core.scenario.scenario import Enter, Scenario
from exlab_gui.sources.commands import (
    Cancel,
    Command,
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

TO_PLUGINS = tuple(Enter(state, after=0) for state in ("validating", "rendering", "plugin_pass"))
ASKED = (*TO_PLUGINS, Enter("input_required", after=0))
LATE = 3_600.0
"""A delay that no test waits for."""


def script(*steps) -> Scenario:
    return Scenario(title="T", steps=steps)


def make(*steps) -> SimulatedSource:
    """Return a source that plays these steps; without any, one without a scenario."""
    return SimulatedSource("sim-1", scenario=script(*steps) if steps else None)


def standing_in(state: str, *steps) -> SimulatedSource:
    """Return a source whose session was brought to `state` by hand."""
    source = make(*steps)
    for step in spec.WAYS[state]:
        source.send(Step(step))
    return source


def states(source: SimulatedSource) -> list[str]:
    return [event.state for event in source.history]


EVERY_KIND: tuple[Command, ...] = (
    *(Step(state) for state in spec.STATES),
    *(WalkTo(state) for state in spec.STATES),
    Resume({"sample_id": "S-1"}),
    Cancel(),
    Fail(),
    Play(),
    Pause(),
    StepOnce(),
    Reset(),
    SetSpeed(2.0),
    SetSpeed(0.0),
    SetBreakpoints(frozenset({"done"})),
    SetScenario(script(*TO_PLUGINS)),
)


def all_of(source: SimulatedSource) -> tuple[object, ...]:
    """Return everything that can be seen of `source`."""
    seen = source.history, list(source.history), source.playing, source.info.scenario
    return *seen, [source.why_not(command) for command in EVERY_KIND]


def assert_refused(source: SimulatedSource, command: Command, reason: str) -> None:
    """Hold that `command` is refused for that reason, and that nothing changes by it."""
    changes: list[None] = []
    source.subscribe(lambda: changes.append(None))
    before = all_of(source)
    assert source.why_not(command) == reason
    with pytest.raises(RefusedError) as refused:
        source.send(command)
    assert str(refused.value) == reason
    assert all_of(source) == before
    assert source.history is before[0]
    assert not changes
