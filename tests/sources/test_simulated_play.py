"""A simulated session plays its scenario, whatever it is told meanwhile."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.protocol.events import Resumed
from exlab_gui.core.scenario.scenario import Answer, Emit, Enter, Wait
from exlab_gui.sources.commands import (
    Cancel,
    Fail,
    Pause,
    Play,
    Reset,
    Resume,
    SetBreakpoints,
    SetSpeed,
    Step,
    StepOnce,
)
from exlab_gui.sources.simulated import SimulatedSource
from tests.helpers import spec
from tests.helpers.refusals import (
    ASKED,
    LATE,
    TO_PLUGINS,
    assert_refused,
    make,
    script,
    states,
)
from tests.helpers.scripts import AT_ONCE, play, scripts, soon, told


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
        map(told, step_through(SimulatedSource("s", scenario=source.info.scenario)).history)
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
        "The scenario continues from plugin_pass, but the session is in cache_write. "
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
