"""Variations of a scenario differ, and can be played like the scenario itself."""

from itertools import pairwise

import msgspec
import pytest

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.scenario import Enter
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.demo_server.variations import hurried, varied

every_scenario = pytest.mark.parametrize(
    "scenario", [find_scenario(name) for name in bundled_scenarios()], ids=bundled_scenarios()
)


@every_scenario
def test_variations_are_for_other_equipment_and_labels(scenario):
    """Four of them differ in both, and each can be played to the same end."""
    versions = [varied(scenario, number) for number in range(1, 5)]
    for key in ("label", "equipment_id"):
        assert len({version.request[key] for version in versions}) == 4
    for version in versions:
        states = [event.state for event in simulate(version, CREATION_MACHINE, utc_now())]
        assert states == [event.state for event in simulate(scenario, CREATION_MACHINE, utc_now())]


@every_scenario
def test_a_name_is_another_wherever_it_stands(scenario):
    """What a session makes bears the equipment and the label that it was opened with."""
    version = varied(scenario, 2)
    for key in ("label", "equipment_id"):
        old, new = (msgspec.json.encode(one.request[key])[1:-1] for one in (scenario, version))
        named = msgspec.json.encode(scenario).count(old)
        assert msgspec.json.encode(version).count(new) == named


@every_scenario
def test_in_a_hurry_states_follow_at_once(scenario):
    """No time lies between two states where the scenario has nothing happen between them."""
    steps = hurried(scenario).steps
    for previous, step in pairwise(steps):
        if isinstance(previous, Enter) and isinstance(step, Enter) and step.emits is None:
            assert step.after == 0
    assert steps[0] == scenario.steps[0]


@every_scenario
def test_every_other_variation_is_in_a_hurry(scenario):
    """So that a newcomer sees states pass one by one, and states that polling missed."""
    assert varied(scenario, 2) == hurried(varied(scenario, 2))
    delays = [step.after for step in scenario.steps]
    assert [step.after for step in varied(scenario, 1).steps] == delays
