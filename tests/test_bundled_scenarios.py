"""The scenarios that come with the program load, conform, and end as their titles say."""

from itertools import pairwise

import pytest

from exlab_gui.bundled_scenarios import DEFAULT_SCENARIO, bundled_scenarios, find_scenario
from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import DoneEnvelope, InputRequiredEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Abandoned, Cancelled
from exlab_gui.core.scenario.file import ScenarioError
from exlab_gui.core.scenario.simulation import simulate
from tests.helpers import spec

NAMES = list(bundled_scenarios())


def played(name):
    """Return what a session of the scenario `name` goes through."""
    return list(simulate(find_scenario(name), CREATION_MACHINE, utc_now()))


def questions(events):
    return [e.envelope for e in events if isinstance(e.envelope, InputRequiredEnvelope)]


def test_which_there_are():
    """There is a scenario for each way that a session can go, the default one first."""
    assert NAMES == [
        DEFAULT_SCENARIO,
        "abandoned",
        "asks_once",
        "asks_twice",
        "cancelled_while_asked",
        "internal_error",
        "invalid_inputs",
        "plugin_fails",
        "sync_gated",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_conforms(name):
    """Each change of state is one that the spec allows, and the session is over at the end."""
    states = [event.state for event in played(name)]
    assert all(b in spec.FOLLOWING[a] for a, b in pairwise(states) if a != b)
    assert states[-1] in ("done", "failed", "aborted")


@pytest.mark.parametrize("name", NAMES)
def test_is_fit_to_be_shown(name):
    """A scenario has a title of its own, says what happens, and takes 10 to 25 seconds."""
    scenario = find_scenario(name)
    assert [find_scenario(other).title for other in NAMES].count(scenario.title) == 1
    assert scenario.description
    assert scenario.request["equipment_id"]
    assert 10 <= sum(step.after for step in scenario.steps) <= 25


def test_happy_path():
    """A run goes through every state but the questions, with progress, and is done."""
    events = played("happy_path")
    assert [event.state for event in events if event.kind != "progress"] == [
        "pending",
        *spec.WAYS["done"],
    ]
    assert [event.kind for event in events].count("progress") == 4
    assert events[-1].result["blocked"] is False


@pytest.mark.parametrize(("name", "rounds"), [("asks_once", 1), ("asks_twice", 2)])
def test_asks(name, rounds):
    """A plugin asks so many times, every required field is answered, and the run is done."""
    events = played(name)
    answers = [event.cause.answers for event in events if event.cause]
    assert len(questions(events)) == len(answers) == rounds
    for question, given in zip(questions(events), answers, strict=True):
        assert {field.id for field in question.fields if field.required} <= given.keys()
    assert isinstance(events[-1].envelope, DoneEnvelope)


def test_invalid_inputs():
    """The inputs fail in the first check, and the error names the field."""
    *_, before, end = played("invalid_inputs")
    assert (before.state, end.state) == ("validating", "failed")
    assert (end.error.code, end.error.field) == ("field_too_long", "label")


def test_plugin_fails():
    """A plugin fails, which a warning tells, and the session is done all the same."""
    events = played("plugin_fails")
    warnings = [event for event in events if isinstance(event.envelope, WarningEnvelope)]
    assert [event.state for event in warnings] == ["plugin_pass"]
    assert (events[-1].state, events[-1].result["blocked"]) == ("done", False)


def test_internal_error():
    """The server breaks down while the plugins work, and the session fails."""
    *_, before, end = played("internal_error")
    assert (before.state, end.state) == ("plugin_pass", "failed")
    assert end.error.code == "internal_error"


def test_cancelled_while_asked():
    """The operator answers a question by cancelling, and the folder is discarded."""
    *_, before, end = played("cancelled_while_asked")
    assert (before.state, end.state) == ("input_required", "aborted")
    assert end.cause == Cancelled(discard_files=True)


def test_sync_gated():
    """A warning comes as the sync is queued; the session is done, and blocked."""
    events = played("sync_gated")
    warnings = [event for event in events if isinstance(event.envelope, WarningEnvelope)]
    assert [event.state for event in warnings] == ["sync_queued"]
    assert events[-1].state == "done"
    assert events[-1].result["blocked"] is True


def test_abandoned():
    """Nobody answers for more than an hour of simulated time, and the session is closed."""
    *_, before, end = played("abandoned")
    assert (before.state, end.state) == ("input_required", "aborted")
    assert isinstance(end.cause, Abandoned)
    assert end.cause.idle_s > 3_600
    assert end.error.code == "session_abandoned"


def test_a_file_is_found_by_its_path(tmp_path, monkeypatch):
    """What has a folder or an ending is a file, even where it is called like a bundled scenario."""
    own = tmp_path / "happy_path"
    own.write_bytes(bundled_scenarios()["plugin_fails"].read_bytes())
    monkeypatch.chdir(tmp_path)
    assert find_scenario("happy_path").title == "A run goes through"
    assert find_scenario("./happy_path").title == find_scenario(str(own)).title == "A plugin fails"
    with pytest.raises(ScenarioError, match=r"happy_path\.json: There is no such file"):
        find_scenario("happy_path.json")


def test_an_unknown_name_brings_up_the_known_ones():
    """A name that no scenario has is refused with the nearest and all that there are."""
    with pytest.raises(ScenarioError) as refused:
        find_scenario("ask_once")
    assert str(refused.value) == (
        '"ask_once" is not a scenario of this program; did you mean "asks_once"? '
        f"Known: {', '.join(NAMES)}."
    )
