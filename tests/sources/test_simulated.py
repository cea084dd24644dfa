"""A simulated session does what it is told, or says why not and stays as it is."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from exlab_gui.core.analysis.legality import why_illegal
from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.protocol.events import Cancelled, Resumed
from exlab_gui.core.scenario.scenario import Answer, Enter, Scenario, Wait
from exlab_gui.core.trace import Fork
from exlab_gui.sources.commands import (
    Cancel,
    Fail,
    Play,
    Reset,
    Resume,
    SetScenario,
    SetSpeed,
    Step,
    StepOnce,
    WalkTo,
)
from exlab_gui.sources.simulated import SimulatedSource
from tests.helpers import spec
from tests.helpers.expected import way
from tests.helpers.refusals import (
    ASKED,
    EVERY_KIND,
    LATE,
    TO_PLUGINS,
    all_of,
    assert_refused,
    make,
    script,
    standing_in,
    states,
)
from tests.helpers.scripts import play, soon


def test_a_session_is_opened_at_once():
    """A new source has a session in the initial state, is not playing, and is a simulated one."""
    source = SimulatedSource("sim-7")
    assert states(source) == ["pending"]
    assert (source.info.label, source.traits.origin) == ("sim-7", "simulated")
    assert source.machine is CREATION_MACHINE
    assert not source.playing
    assert source.info.scenario is None


@pytest.mark.parametrize(("current", "new_state"), spec.PAIRS)
def test_a_step_of_every_pair(current, new_state):
    """A step is taken exactly where the table has it, and is else refused with what would be."""
    source = standing_in(current)
    if new_state in spec.FOLLOWING[current]:
        assert source.why_not(Step(new_state)) is None
        before = list(source.history)
        assert source.send(Step(new_state)) is None
        assert list(source.history[:-1]) == before
        assert source.history[-1].state == new_state
    else:
        assert_refused(source, Step(new_state), why_illegal(CREATION_MACHINE, current, new_state))


@pytest.mark.parametrize(("current", "goal"), spec.PAIRS)
def test_a_walk_of_every_pair(current, goal):
    """A walk takes the fewest legal steps, one after the other, or is refused where none lead."""
    source = standing_in(current)
    states_on_the_way = way(current, goal)
    if states_on_the_way is not None:
        before = states(source)
        source.send(WalkTo(goal))
        assert states(source) == [*before, *states_on_the_way]
    else:
        assert_refused(source, WalkTo(goal), why_illegal(CREATION_MACHINE, current, goal))


def test_a_walk_is_one_change():
    """Listeners are told once of a whole walk."""
    source, changes = make(), []
    source.subscribe(lambda: changes.append(source.history[-1].state))
    source.send(WalkTo("cache_write"))
    assert changes == ["cache_write"]


def test_what_is_no_state_leads_nowhere():
    """Neither a step nor a walk leads to what the machine does not have."""
    assert_refused(make(), Step("lims"), "Not legal from pending. No state leads to lims.")
    assert_refused(make(), WalkTo("lims"), "Not legal from pending. No state leads to lims.")


@pytest.mark.parametrize("state", spec.STATES)
@pytest.mark.parametrize("command", EVERY_KIND, ids=str)
def test_every_command_in_every_state(state, command):
    """In every state each command is carried out, and told, or refused, and nothing changes."""
    source = standing_in(state, *ASKED)
    reason = source.why_not(command)
    if reason is not None:
        assert_refused(source, command, reason)
        return
    changes = []
    source.subscribe(lambda: changes.append(None))
    work = source.send(command)
    assert len(changes) == 1
    source.close()
    if work is not None:
        work.close()


@pytest.mark.parametrize("state", spec.STATES)
@pytest.mark.parametrize(("command", "end"), [(Cancel(), "aborted"), (Fail(), "failed")], ids=str)
def test_an_end_can_strike_wherever_the_session_goes_on(state, command, end):
    """A session is cancelled, or fails, in each state that is not terminal, and in no other."""
    source = standing_in(state)
    over = f"The session is over: {state} is a terminal state, nothing follows it."
    if spec.FOLLOWING[state]:
        source.send(command)
        assert source.history[-1].state == end
    else:
        assert_refused(source, command, over)


def test_an_end_carries_what_the_user_gave():
    """The error of a failure and what becomes of the folder are in the event."""
    failed, cancelled = make(), make()
    error = Error("disk_space_insufficient", "No room.", "path", {"free": 0})
    failed.send(Fail(error))
    assert failed.history[-1].error == error
    cancelled.send(Cancel(discard_files=True))
    assert cancelled.history[-1].cause == Cancelled(True)


@pytest.mark.parametrize("state", spec.STATES)
def test_only_who_waits_is_answered(state):
    """An answer is taken in input_required only, and leads back to who asked."""
    source = standing_in(state)
    if state == "input_required":
        source.send(Resume({"sample_id": "S-1"}))
        assert source.history[-1].state == "plugin_pass"
        assert source.history[-1].cause == Resumed({"sample_id": "S-1"})
    else:
        assert_refused(source, Resume(), f"The session does not wait for input: it is in {state}.")


@pytest.mark.parametrize("speed", [0.0, -1.0, float("inf"), float("nan")])
def test_a_speed_is_a_positive_number(speed):
    """A speed at which no time passes, or which is no speed, is refused."""
    source = make()
    assert_refused(source, SetSpeed(speed), f"A speed is a number greater than 0, not {speed}.")


def test_the_sessions_time():
    """The time of the session is that of its clock, and events bear it."""
    real = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
    source = SimulatedSource("sim-1", clock=SimulatedClock(lambda: real))
    real += timedelta(seconds=3)
    source.send(Step("validating"))
    assert source.now() == source.history[-1].at == real


@pytest.mark.parametrize("count", range(6))
async def test_a_reset_after_any_number_of_steps(count):
    """A reset begins a history anew, and the scenario with it, however far that had come."""
    source = make(*ASKED, Answer({}, after=0), Enter("cache_write", after=0))
    for _ in range(count):
        source.send(StepOnce())
    before = source.history
    seen = list(before)
    if count == 0:
        assert_refused(source, Reset(), "Nothing has happened yet.")
    else:
        source.send(Reset())
        assert source.history is not before
        assert list(before) == seen
    assert states(source) == ["pending"]
    await play(source)
    assert len(source.history) == 1 + len(source.info.scenario.steps)
    assert [event.seq for event in source.history] == list(range(1, 8))


def test_a_fork_is_reset_to_where_it_began():
    """A fresh fork has nothing to reset; one that went on has what it began with again."""
    past = list(standing_in("rendering").history)
    fork = SimulatedSource("fork-1", fork=Fork("sim-1", 3), history=past)
    assert_refused(fork, Reset(), "Nothing has happened yet.")
    fork.send(Step("plugin_pass"))
    fork.send(Reset())
    assert fork.history == past


def test_waiting_is_something_that_happened():
    """A step that only lets time pass leaves no event, and is undone by a reset nevertheless."""
    source = make(Wait(60), Enter("validating"))
    source.send(StepOnce())
    assert states(source) == ["pending"]
    begun = "The session has begun. Reset it, or open a new one for another scenario."
    assert_refused(source, SetScenario(script(*TO_PLUGINS)), begun)
    source.send(Reset())
    source.send(StepOnce())
    assert states(source) == ["pending"]


async def test_another_scenario_is_for_a_session_that_has_not_begun():
    """A scenario replaces the one before only where nothing has happened and nothing plays.

    The session is then one that was opened with what the scenario says.
    """
    begun = "The session has begun. Reset it, or open a new one for another scenario."
    other = Scenario(title="Other", kind="project", steps=TO_PLUGINS)
    source = make(Enter("validating", after=LATE))
    work = source.send(Play())
    assert_refused(source, SetScenario(other), begun)
    source.send(Step("validating"))
    await soon(work)
    assert_refused(source, SetScenario(other), begun)
    source.send(Reset())
    source.send(SetScenario(other))
    assert source.info.scenario is other
    await play(source)
    assert states(source)[-1] == "plugin_pass"


def test_an_illegal_scenario_changes_nothing():
    """A scenario that is not legal in the machine is an error of the caller, and not taken on."""
    source = make(*TO_PLUGINS)
    before = all_of(source)
    with pytest.raises(ValueError, match=r"illegal state transition .*PENDING.* -> 'done'"):
        source.send(SetScenario(script(Enter("done"))))
    assert all_of(source) == before


def test_a_twelfth_state():
    """A machine with another state in it is stepped through it, as any other."""
    table = {state: frozenset(spec.FOLLOWING[state]) for state in spec.STATES}
    table["cache_write"] = frozenset({"lims", "failed", "aborted"})
    table["lims"] = frozenset({"post_validate", "failed", "aborted"})
    machine = StateMachine("pending", table, {**spec.PHASES, "lims": "registering"})
    source = SimulatedSource("sim-1", machine)
    source.send(WalkTo("done"))
    assert "lims" in states(source)
    assert all(machine.allows(*pair) for pair in pairwise(states(source)))


def test_the_session_before_a_reset_is_a_source_of_its_own() -> None:
    """It has the history, the state and the next step of then; neither changes the other."""
    source = SimulatedSource("sim-1", CREATION_MACHINE)
    assert source.before_reset() is None
    assert source.is_untouched
    source.send(Step("validating"))
    assert not source.is_untouched
    earlier = source.before_reset()
    assert earlier is not None
    source.send(Reset())
    earlier.send(Step("rendering"))
    assert [event.state for event in earlier.history] == ["pending", "validating", "rendering"]
    assert [event.state for event in source.history] == ["pending"]
    assert (source.info.label, earlier.info.label) == ("sim-1", "sim-1, run 1")


def test_an_answer_leads_back_to_no_state_that_the_machine_lacks():
    """A fork of a recording may have come from anywhere: what cannot be is refused, not tried."""
    *before, asking, waiting = standing_in("input_required").history
    past = [*before, replace(asking, state="<b>elsewhere"), waiting]
    fork = SimulatedSource("fork-1", fork=Fork("sim-1", len(past)), history=past)
    assert_refused(
        fork, Resume({}), "Not legal from input_required. No state leads to <b>elsewhere."
    )
