"""A simulated session does what it is told, or says why not and stays as it is."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.envelopes import Error, ProgressEnvelope
from exlab_gui.core.events import Cancelled, Origin, Resumed
from exlab_gui.core.explain import why_not
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario import Answer, Emit, Enter, Scenario, Wait
from exlab_gui.scenarios import bundled_scenarios, find_scenario
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
from tests import spec
from tests.expected import way
from tests.scripts import AT_ONCE, play, scripts, soon, told

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
    seen = source.history, list(source.history), source.playing, source.scenario
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


def test_a_session_is_opened_at_once():
    """A new source has a session in the initial state, is not playing, and is a simulated one."""
    source = SimulatedSource("sim-7")
    assert states(source) == ["pending"]
    assert (source.label, source.origin) == ("sim-7", Origin.SIMULATED)
    assert source.machine is CREATION_MACHINE
    assert not source.playing
    assert source.scenario is None


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
        assert_refused(source, Step(new_state), why_not(CREATION_MACHINE, current, new_state))


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
        assert_refused(source, WalkTo(goal), why_not(CREATION_MACHINE, current, goal))


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


async def test_time_runs_at_the_speed_of_the_play():
    """While it plays, the session's time runs as fast as the play; else as fast as real time."""
    real = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
    scenario = script(Enter("validating", after=LATE))
    source = SimulatedSource("sim-1", scenario=scenario, clock=SimulatedClock(lambda: real))

    def passed_in_a_second() -> float:
        nonlocal real
        before = source.now()
        real += timedelta(seconds=1)
        return (source.now() - before).total_seconds()

    source.send(SetSpeed(4.0))
    assert passed_in_a_second() == 1
    work = source.send(Play())
    assert passed_in_a_second() == 4
    source.send(SetSpeed(16.0))
    assert passed_in_a_second() == 16
    source.send(Pause())
    assert passed_in_a_second() == 1
    second = source.send(Play())
    assert passed_in_a_second() == 16
    source.send(Reset())
    assert passed_in_a_second() == 1
    await asyncio.gather(work, second)


def step_through(source: SimulatedSource) -> SimulatedSource:
    """Have `source` do every step of its scenario, one by one."""
    while source.why_not(StepOnce()) is None:
        source.send(StepOnce())
    return source


@pytest.mark.parametrize("name", bundled_scenarios())
async def test_a_play_does_what_stepping_does(name):
    """Played at once, a scenario that comes with the program emits what its single steps emit."""
    played, stepped = (SimulatedSource(n, scenario=find_scenario(name)) for n in ("p", "s"))
    played.send(SetSpeed(AT_ONCE))
    await play(played)
    step_through(stepped)
    assert list(map(told, played.history)) == list(map(told, stepped.history))
    assert played.why_not(Play()) == stepped.why_not(Play()) is not None
    assert not played.playing


@given(scripts())
def test_any_play_does_what_stepping_does(scenario):
    """Played, a scenario emits what its single steps emit, and so what it says itself."""
    played, stepped = (SimulatedSource(n, scenario=scenario) for n in ("p", "s"))
    asyncio.run(play(played))
    step_through(stepped)
    assert list(map(told, played.history)) == list(map(told, stepped.history))
    assert len(played.history) == 1 + len(scenario.steps)


def test_a_step_takes_the_time_that_the_scenario_gives_it():
    """Stepped by hand, the session's time moves on by the delay of each step, and its waiting."""
    frozen = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
    steps = (Enter("validating", after=2.5), Wait(60, after=1.0), Enter("rendering", after=0.5))
    source = SimulatedSource("s", scenario=script(*steps), clock=SimulatedClock(lambda: frozen))
    step_through(source)
    assert [(event.at - frozen).total_seconds() for event in source.history] == [0, 2.5, 64.0]


async def test_a_step_pauses_the_play():
    """To step once while it plays does the next step at once, and no more."""
    source = make(Enter("validating", after=LATE), Enter("rendering", after=0))
    work = source.send(Play())
    source.send(StepOnce())
    assert not source.playing
    await soon(work)
    assert states(source) == ["pending", "validating"]


async def test_a_pause_pauses_and_the_play_goes_on_from_there():
    """Nothing comes after a pause; a play after it makes the rest, once."""
    source = make(*TO_PLUGINS)
    pauses = on_entering(source, "rendering", lambda: source.send(Pause()))
    await play(source)
    assert pauses == ["rendering"]
    assert states(source) == ["pending", "validating", "rendering"]
    assert source.why_not(Pause()) == "Nothing is playing."
    await play(source)
    assert states(source) == ["pending", "validating", "rendering", "plugin_pass"]


async def test_play_and_pause_again_and_again_play_once():
    """However often play and pause follow each other in one turn of the loop, all comes once."""
    source = make(*ASKED, Answer({}, after=0), Enter("cache_write", after=0))
    works = []
    for _ in range(3):
        works.append(source.send(Play()))
        assert_refused(source, Play(), "The scenario is playing already.")
        source.send(Pause())
    works.append(source.send(Play()))
    await soon(asyncio.gather(*works))
    assert list(map(told, source.history)) == list(
        map(told, step_through(SimulatedSource("s", scenario=source.scenario)).history)
    )


def on_entering(source: SimulatedSource, state: str, do: Callable[[], object]) -> list[str]:
    """Have `do` done at the first change that `source` tells in `state`; return where it was."""
    done: list[str] = []

    def listen() -> None:
        if source.history[-1].state == state and not done:
            done.append(state)
            do()

    source.subscribe(listen)
    return done


@pytest.mark.parametrize("state", spec.WAYS["done"])
async def test_a_breakpoint_pauses_on_entering(state):
    """The play pauses on entering a state with a breakpoint; the next play goes on from there."""
    source = SimulatedSource("sim-1", scenario=find_scenario("happy_path"))
    source.send(SetSpeed(AT_ONCE))
    source.send(SetBreakpoints(frozenset({state})))
    await play(source)
    entered = ["pending", *spec.WAYS["done"]]
    assert list(dict.fromkeys(states(source))) == entered[: entered.index(state) + 1]
    assert source.history[-1].state == state != source.history[-2].state
    assert not source.playing
    if state != "done":
        await play(source)
    assert source.history[-1].state == "done"


async def test_only_entering_a_state_pauses():
    """What is emitted in a state with a breakpoint, or a play that begins in it, does not pause."""
    progress = Emit(ProgressEnvelope("running_plugins", 1, 2), after=0)
    source = make(*TO_PLUGINS, progress, progress, Enter("cache_write", after=0))
    source.send(SetBreakpoints(frozenset({"pending", "plugin_pass"})))
    await play(source)
    assert states(source)[-2:] == ["rendering", "plugin_pass"]
    await play(source)
    assert states(source)[-3:] == ["plugin_pass", "plugin_pass", "cache_write"]


async def test_a_breakpoint_holds_for_a_move_by_hand():
    """A state with a breakpoint that is entered by hand while it plays pauses the play, too."""
    source = make(*(Enter(step.state, after=LATE) for step in TO_PLUGINS))
    source.send(SetBreakpoints(frozenset({"rendering"})))
    works = [source.send(Play()), source.send(Step("validating"))]
    assert source.playing
    source.send(Step("rendering"))
    assert not source.playing
    await soon(asyncio.gather(*works))
    assert source.why_not(Play()) is None


async def test_a_breakpoint_that_is_gone_pauses_no_more():
    """The breakpoints that were set last are those that count."""
    source = make(*TO_PLUGINS)
    source.send(SetBreakpoints(frozenset({"rendering"})))
    source.send(SetBreakpoints(frozenset()))
    await play(source)
    assert states(source)[-1] == "plugin_pass"


@pytest.mark.parametrize(("command", "end"), [(Cancel(), "aborted"), (Fail(), "failed")], ids=str)
async def test_an_end_stops_the_play(command, end):
    """A session that is cancelled, or fails, while it plays is over, and nothing comes after."""
    source = make(*TO_PLUGINS, Enter("cache_write", after=0))
    on_entering(source, "rendering", lambda: source.send(command))
    await play(source)
    assert states(source) == ["pending", "validating", "rendering", end]
    assert not source.playing
    assert source.why_not(Play()) == "The session is over. Reset it to start again."


async def test_an_end_reaches_who_waits_for_a_late_step():
    """A play that waits for a step in an hour ends at once when the session does."""
    source = make(Enter("validating", after=LATE))
    work = source.send(Play())
    source.send(Cancel())
    await soon(work)
    assert states(source) == ["pending", "aborted"]


async def test_a_move_off_the_script_stops_the_play():
    """A move by hand that the scenario does not make next stops it, and says where it went."""
    source = make(*ASKED, Answer({}, after=0))
    on_entering(source, "plugin_pass", lambda: source.send(Step("cache_write")))
    await play(source)
    assert states(source) == ["pending", "validating", "rendering", "plugin_pass", "cache_write"]
    assert source.why_not(Play()) == (
        "The scenario goes on from plugin_pass, but the session was taken to cache_write. "
        "Reset it to play from the beginning."
    )
    source.send(Reset())
    assert source.why_not(Play()) is None


async def test_an_answer_by_hand_is_the_one_that_was_due():
    """Where the scenario's answer is due and the operator gives one, the play goes on after it."""
    source = make(*ASKED, Answer({"sample_id": "late"}, after=LATE), Enter("cache_write", after=0))
    works = []
    on_entering(source, "input_required", lambda: works.append(source.send(Resume({}))))
    await play(source)
    assert source.playing
    await soon(works[0])
    assert states(source)[-3:] == ["input_required", "plugin_pass", "cache_write"]
    assert source.history[-2].cause == Resumed({})


async def test_a_move_by_hand_that_comes_next_is_not_made_twice():
    """After a move by hand the play waits for the step after it, and for all of its delay."""
    source = make(Enter("validating", after=LATE), *TO_PLUGINS[1:])
    late = source.send(Play())
    rest = source.send(Step("validating"))
    await soon(late)
    assert states(source) == ["pending", "validating"]
    await soon(rest)
    assert states(source) == ["pending", "validating", "rendering", "plugin_pass"]


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
    assert len(source.history) == 1 + len(source.scenario.steps)
    assert [event.seq for event in source.history] == list(range(1, 8))


@pytest.mark.parametrize("state", ["pending", "rendering", "input_required"])
async def test_a_reset_in_the_middle_of_playing(state):
    """A reset stops the play at any moment of it, even before the first step was made."""
    source = make(*ASKED, Answer({}, after=0))
    resets = on_entering(source, state, lambda: source.send(Reset()))
    await play(source)
    assert resets == [state]
    assert states(source) == ["pending"]
    assert not source.playing
    assert source.why_not(Play()) is None


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
    assert source.scenario is other
    await play(source)
    assert states(source)[-1] == "plugin_pass"


def test_an_illegal_scenario_changes_nothing():
    """A scenario that is not legal in the machine is an error of the caller, and not taken on."""
    source = make(*TO_PLUGINS)
    before = all_of(source)
    with pytest.raises(ValueError, match="illegal transition pending → done"):
        source.send(SetScenario(script(Enter("done"))))
    assert all_of(source) == before


async def test_no_listener_hears_of_anything_after_the_close():
    """Closed in the middle of playing, a source makes no further step, and tells nobody."""
    source, heard = make(*TO_PLUGINS), []
    source.subscribe(lambda: heard.append(source.history[-1].state))
    on_entering(source, "rendering", source.close)
    source.subscribe(lambda: heard.append("last"))
    await play(source)
    assert states(source) == ["pending", "validating", "rendering"]
    assert heard == ["pending", "last", "validating", "last", "rendering"]
    assert not source.playing


async def test_every_listener_hears_of_every_change():
    """Each event of a play is told to every listener when it has come."""
    source, heard = make(*TO_PLUGINS), [[], []]
    for one in heard:
        source.subscribe(lambda one=one: one.append(len(source.history)))
    await play(source)
    assert heard[0] == heard[1]
    assert set(heard[0]) == {1, 2, 3, 4}


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
