"""A thread works in turn with the window's, and is stopped when it is next its turn."""

import threading
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import pytest

from exlab_gui.models.background.turns import SLICE_S, StoppedError, Turns


@pytest.fixture
def pool():
    with ThreadPoolExecutor(1) as pool:
        yield pool


def given(turns, future):
    """Give turns until the work has ended, and return its result."""
    while not future.done():
        turns.give()
    return future.result()


def test_nothing_is_done_without_a_turn(pool):
    """The thread does nothing until it is given a turn, and nothing between two of them."""
    turns, done = Turns(), []

    def work(progress):
        while len(done) < 5:
            done.append(len(done))
            turns._until = perf_counter()  # the slice is over
            progress(len(done), 5)
        return "all"

    future = pool.submit(turns.run, work)
    for count in range(1, 6):
        assert len(done) == count - 1
        turns.give()
        assert len(done) == count
    assert given(turns, future) == "all"
    assert turns.done == (5, 5)


def test_a_turn_lasts_a_slice(pool):
    """Progress that is told more often costs nothing: the thread goes on for its whole slice."""
    turns, told = Turns(), []

    def work(progress):
        for number in range(100):
            progress(number, 100)
            told.append(number)

    future = pool.submit(turns.run, work)
    turns.give()
    assert len(told) == 100
    given(turns, future)


def test_work_that_tells_nothing_does_not_hold_the_window(pool):
    """The window goes on while the thread waits for something."""
    turns, released = Turns(), threading.Event()
    future = pool.submit(turns.run, lambda _: released.wait(10))
    start = perf_counter()
    turns.give()
    assert perf_counter() - start < 50 * SLICE_S
    assert not future.done()
    released.set()
    assert given(turns, future) is True


@pytest.mark.parametrize("begun", [True, False], ids=["at work", "before its first turn"])
def test_a_stop_needs_no_further_turn(pool, begun):
    """Work that is stopped ends by itself, wherever it waits for a turn."""
    turns = Turns()

    def work(progress):
        while True:
            progress(0, 1)

    future = pool.submit(turns.run, work)
    if begun:
        turns.give()
    turns.stop()
    with pytest.raises(StoppedError):
        future.result(10)


def test_a_failure_ends_the_turn(pool):
    """The window does not wait for a thread that failed."""
    turns = Turns()
    future = pool.submit(turns.run, lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        given(turns, future)
