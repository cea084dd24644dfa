"""Something that is played waits on a clock, which runs as fast as the speed says meanwhile."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.sources.pacing import Pacer
from tests.helpers.scripts import AT_ONCE, soon

YEAR = 365 * 86_400.0


@pytest.fixture
def pacer() -> Pacer:
    return Pacer(SimulatedClock())


async def waiting(pacer: Pacer, seconds: float) -> "asyncio.Task[bool]":
    """Return a task that waits in a turn that has just begun, at a place where it does wait."""
    task = asyncio.ensure_future(pacer.wait(pacer.start(), seconds))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not task.done()
    return task


def test_the_clock_runs_at_the_speed_while_something_plays():
    """The clock runs `speed` times as fast from start to stop, and as real time before and after.

    Stopping takes no time back that has gone by.
    """
    real = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
    start, second = real, timedelta(seconds=1)
    clock = SimulatedClock(lambda: real)
    pacer = Pacer(clock, speed=4.0)
    real += second
    assert clock() == start + second
    pacer.start()
    real += second
    assert clock() == start + 5 * second
    pacer.stop()
    real += second
    assert clock() == start + 6 * second


def test_a_speed_is_for_the_next_turn_where_nothing_plays(pacer):
    """Where nothing plays, another speed leaves the clock at the pace of real time."""
    pacer.set_speed(16.0)
    assert (pacer.speed, pacer.clock.rate) == (16.0, 1.0)
    pacer.start()
    assert pacer.clock.rate == 16.0
    pacer.set_speed(2.0)
    assert pacer.clock.rate == 2.0


async def test_a_wait_ends_when_its_time_has_passed_on_the_clock(pacer):
    """A wait is over, and not before, when so many seconds have passed on the clock."""
    pacer.set_speed(AT_ONCE)
    before = pacer.clock()
    assert await soon(pacer.wait(pacer.start(), 1_000.0))
    assert pacer.clock() - before >= timedelta(seconds=1_000)


async def test_a_change_of_speed_takes_effect_on_who_waits(pacer):
    """Who waits at one speed goes on at the next one as soon as it is set."""
    task = await waiting(pacer, YEAR)
    pacer.set_speed(2.0)
    await asyncio.sleep(0)
    assert not task.done()
    pacer.set_speed(100 * YEAR)
    assert await soon(task)


@pytest.mark.parametrize("end", [Pacer.stop, Pacer.start])
async def test_the_end_of_a_turn_ends_its_waits(pacer, end):
    """Who waits is told at once that the turn has ended: by a stop, or by the next turn."""
    task = await waiting(pacer, YEAR)
    end(pacer)
    assert await soon(task) is False


async def test_no_wait_begins_in_a_turn_that_has_ended(pacer):
    """A wait in a turn that ended before it began is none, not even in the next turn."""
    turn = pacer.start()
    pacer.start()
    assert await soon(pacer.wait(turn, 0.0)) is False


def test_a_turn_is_stopped_once(pacer):
    """To stop a turn that has ended already leaves the one that goes on as it is."""
    first = pacer.start()
    second = pacer.start()
    pacer.stop(first)
    assert pacer.running
    pacer.stop(second)
    assert not pacer.running
    pacer.stop()
    assert not pacer.running


async def test_a_wait_of_no_time_leaves_room_for_everything_else(pacer):
    """Where there is no time to wait, everything else that is due comes first nevertheless."""
    order = []
    asyncio.get_running_loop().call_soon(order.append, "due before")
    assert await pacer.wait(pacer.start(), 0.0)
    order.append("waited")
    assert order == ["due before", "waited"]


async def test_what_is_held_waits_and_then_for_the_rest(pacer):
    """Held, the clock runs in real time and no wait ends; after that the rest is waited for."""
    pacer.set_speed(AT_ONCE)
    pacer.hold(True)
    task = await waiting(pacer, 1.0)
    assert pacer.clock.rate == 1.0
    pacer.clock.advance(YEAR)
    pacer.set_speed(2 * AT_ONCE)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not task.done()
    begun = pacer.clock()
    pacer.hold(False)
    assert await soon(task)
    assert pacer.clock() >= begun + timedelta(seconds=1)


async def test_what_is_held_can_be_stopped(pacer):
    """A stop ends a turn that is held at once."""
    pacer.hold(True)
    task = await waiting(pacer, 0.0)
    pacer.stop()
    assert not await soon(task)
