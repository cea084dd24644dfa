"""Steps of a simulated session are undone and redone, whoever took them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.scenario.scenario import Answer, Enter, Scenario, Wait
from exlab_gui.core.trace import Fork
from exlab_gui.sources.commands import (
    Cancel,
    Fail,
    Redo,
    Reset,
    Resume,
    Step,
    StepOnce,
    Undo,
    WalkTo,
)
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.sources.source import RefusedError
from tests.helpers.refusals import assert_refused, states
from tests.helpers.sessions import still_clock

ASKING = [Step("validating"), WalkTo("plugin_pass"), Step("input_required")]

LAST = (Enter(state="rendering"), Enter(state="plugin_pass"), Enter(state="input_required"))
COMMANDS = [
    *ASKING,
    *(WalkTo(state) for state in ("plugin_pass", "sync_queued", "done", "aborted")),
    *(Resume(), Resume({"tube": 3}), Cancel(), Fail(), StepOnce(), Reset()),
    *[StepOnce(), Undo(), Redo()] * 3,
]


def moved(*commands, **given):
    source = SimulatedSource("sim-1", clock=still_clock(), **given)
    for command in commands:
        source.send(command)
    return source


@pytest.mark.parametrize("last", [Resume({"tube": 3}), Cancel(), Fail(), Step("plugin_pass")])
def test_the_last_step_is_undone_and_redone(last):
    """Its events are gone, and come back as they were; whatever it was."""
    source = moved(*ASKING)
    before = list(source.history)
    source.send(last)
    after = list(source.history)
    source.send(Undo())
    assert source.history == before
    source.send(Redo())
    assert source.history == after
    assert_refused(source, Redo(), "Nothing was undone.")


def test_one_command_is_one_step():
    """A walk over several states is taken back as it was taken: at once."""
    source = moved(*ASKING)
    for left in (["pending", "validating", "rendering", "plugin_pass"], ["pending", "validating"]):
        source.send(Undo())
        assert states(source) == left
    source.send(Undo())
    assert_refused(source, Undo(), "Nothing was done in this session that can be undone.")
    for _ in ASKING:
        source.send(Redo())
    assert source.history[-1].state == "input_required"


def test_another_step_is_no_longer_undone_by_redo():
    """After an undone step, a new one takes its place."""
    source = moved(*ASKING)
    source.send(Undo())
    source.send(Step("cache_write"))
    assert_refused(source, Redo(), "Nothing was undone.")
    source.send(Undo())
    assert states(source)[-1] == "plugin_pass"


def test_the_scenario_goes_on_from_where_the_session_is():
    """A played step that is undone is played again; one that only waited is none."""
    steps = (Enter(state="validating"), Wait(seconds=5), Enter(state="rendering"))
    source = moved(*[StepOnce()] * 3, scenario=Scenario(title="T", steps=steps))
    source.send(Undo())
    assert states(source) == ["pending", "validating"]
    source.send(StepOnce())
    source.send(Undo())
    source.send(Undo())
    assert states(source) == ["pending"]
    for _ in steps:
        source.send(StepOnce())
    assert states(source) == ["pending", "validating", "rendering"]
    assert source.info.scenario.title == "T"


def test_a_fork_keeps_what_it_began_with():
    """The past of a fork is another session's; only what was done in the fork is undone."""
    past = moved(*ASKING).history
    fork = SimulatedSource("fork-1", fork=Fork("sim-1", past[-1].seq), history=past)
    assert fork.why_not(Undo())
    fork.send(Resume())
    fork.send(Undo())
    assert fork.history == past


def test_a_reset_cannot_be_undone_so():
    """The run before it is another session, which can be reopened."""
    source = moved(*ASKING)
    source.send(Undo())
    source.send(Reset())
    for command in (Undo(), Redo()):
        assert source.why_not(command)


def test_what_was_kept_before_stays_as_it_is():
    """The history that was undone, and who holds it, see nothing of it."""
    source = moved(*ASKING)
    earlier = source.before_reset()
    history, kept = source.history, list(source.history)
    source.send(Undo())
    source.send(Step("failed"))
    assert history == kept == earlier.history
    earlier.send(Undo())
    assert states(source)[-1] == "failed"


def test_the_session_is_still_of_the_same_request():
    """A recording of it names the run that was asked for."""
    scenario = Scenario(
        title="T",
        steps=(Enter(state="validating"), Answer(inputs={}))[:1],
        kind="project",
        request={"equipment": "XRD_01"},
    )
    source = moved(StepOnce(), scenario=scenario)
    before = source.recording().header
    source.send(Undo())
    after = source.recording().header
    assert (after.kind, after.request) == (before.kind, before.request)


@given(st.lists(st.sampled_from(COMMANDS), max_size=30))
def test_each_undo_leads_back_and_each_redo_forth(commands):
    """Whatever was done before: the history is as it was then, event by event, and legal."""
    scenario = Scenario(title="T", steps=(Enter(state="validating"), Wait(seconds=1), *LAST))
    source = moved(scenario=scenario)
    before, undone = [], []  # the histories that each Undo and each Redo lead to
    for command in commands:
        was = list(source.history)
        assert (source.why_not(Undo()) is None, source.why_not(Redo()) is None) == (
            bool(before),
            bool(undone),
        )
        try:
            source.send(command)
        except RefusedError:
            assert source.history == was
            continue
        match command:
            case Undo():
                undone.append(was)
                assert source.history == before.pop()
            case Redo():
                before.append(was)
                assert source.history == undone.pop()
            case Reset():
                before, undone = [], []
            case _ if source.history != was:
                before.append(was)
                undone = []
        assert [event.seq for event in source.history] == [*range(1, len(source.history) + 1)]
        assert SessionAnalysis(source.machine, source.history).problems == 0
