"""The window's event loop: what is due at once is called in order, and never too often."""

import asyncio
import gc
from itertools import pairwise
from time import perf_counter

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from exlab_gui.event_loop import EventLoop
from exlab_gui.testing.loop import running_loop


@pytest.fixture
def loop(qapp):
    with EventLoop(qapp) as loop:
        yield loop


@pytest.mark.parametrize("open_loop", [EventLoop, lambda _: running_loop()])
def test_it_is_closed_by_who_opened_it(qapp, open_loop):
    """Whatever befalls the block: a later collection would warn of it, amid another test."""
    loops = []

    def fail():
        with open_loop(qapp) as loop:
            loops.append(loop)
            loop.call_soon(print)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert loops.pop().is_closed()
    gc.collect()


def test_calls_are_made_in_their_order(loop):
    """Those that are made meanwhile come after all others; a cancelled one does not come."""
    made = []

    def end():
        made.append(4)
        loop.stop()

    loop.call_soon(lambda: (made.append(1), loop.call_soon(end), dropped.cancel()))
    loop.call_soon(made.append, 2)
    dropped = loop.call_soon(made.append, 0)
    loop.call_later(0, made.append, 3)
    loop.run_forever()
    assert made == [1, 2, 3, 4]


def work() -> None:
    until = perf_counter() + 0.005
    while perf_counter() < until:
        pass


@pytest.fixture
def made():
    """Return what was done, in which a timer of Qt notes each time that it fires."""
    made = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: made.append("timer"))
    timer.start()
    yield made
    timer.stop()


def test_a_timer_of_qt_fires_between_two_turns(loop, made):
    """What paints the window never waits for a second turn, though there always is one."""

    def turn(left):
        work()
        made.append("turn")
        loop.call_soon(lambda: None)
        loop.call_soon(turn, left - 1) if left else loop.stop()

    loop.call_soon(turn, 8)
    loop.call_soon(lambda: None)
    loop.run_forever()
    assert ("turn", "turn") not in set(pairwise(made))


def test_a_turn_has_its_length(loop, made):
    """However much is due at once, a timer of Qt fires in between; all is called, in its order."""
    for number in range(20):
        loop.call_soon(lambda number=number: (work(), made.append(number)))
    loop.call_soon(loop.stop)
    loop.run_forever()
    assert [one for one in made if one != "timer"] == [*range(20)]
    assert "timer" in made[made.index(0) : made.index(19)]


def test_a_later_call_warns_of_nothing(loop):
    """It uses nothing that the newest Python is about to lose; warnings are errors here."""
    made = []
    dropped = loop.call_later(0.001, made.append, "dropped")
    loop.call_later(0.002, made.append, "later")
    dropped.cancel()
    loop.call_later(0.004, loop.stop)
    loop.run_forever()
    assert made == ["later"]


def test_a_call_that_waits_in_a_loop_of_its_own_keeps_nobody_waiting(loop):
    """As a menu does that a task opens."""
    made = []

    def wait():
        inner = QEventLoop()
        loop.call_soon(made.append, "meanwhile")
        loop.call_soon(inner.quit)
        QTimer.singleShot(5000, inner.quit)
        inner.exec()
        made.append("after")

    loop.call_soon(wait)
    loop.call_soon(made.append, "next")
    loop.call_later(0.001, loop.stop)
    loop.run_forever()
    assert made == ["next", "meanwhile", "after"]


def test_a_task_goes_on_after_the_loop_was_stopped(loop):
    """It counts as running for what it calls: a request under way would die without."""
    running = []

    async def go_on():
        await asyncio.sleep(0)
        running.append(asyncio.get_running_loop())

    task = loop.create_task(go_on())
    while not task.done():
        QApplication.processEvents()
    assert running == [loop]
    assert asyncio._get_running_loop() is None
