"""Garbage is collected in the thread of the window, and in no other."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from exlab_gui import garbage
from exlab_gui.garbage import collecting_here


class Cycle:
    """Garbage that notes in which thread it goes."""

    def __init__(self, threads: list[threading.Thread]) -> None:
        self.itself = self
        self.threads = threads

    def __del__(self) -> None:
        self.threads.append(threading.current_thread())


@pytest.fixture(autouse=True)
def _on() -> Iterator[None]:
    """Collect garbage as Python does by itself: other tests do without."""
    gc.enable()
    yield
    gc.disable()


@pytest.fixture
def _often(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(garbage, "INTERVAL_MS", 1)
    thresholds = gc.get_threshold()
    gc.set_threshold(100, 5, 5)
    yield
    gc.set_threshold(*thresholds)


def allocate(threads: list[threading.Thread]) -> None:
    """Make enough garbage that Python would collect it here, if it might."""
    for _ in range(5_000):
        Cycle(threads)


@pytest.mark.usefixtures("qapp", "_often")
def test_a_thread_that_allocates_collects_nothing(qtbot: QtBot) -> None:
    """What it leaves behind goes in the thread of the window, in its event loop."""
    threads: list[threading.Thread] = []
    with collecting_here():
        worker = threading.Thread(target=allocate, args=(threads,))
        worker.start()
        worker.join()
        assert threads == []
        qtbot.waitUntil(lambda: len(threads) == 5_000)
    assert set(threads) == {threading.current_thread()}


@pytest.mark.usefixtures("qapp")
def test_afterwards_all_is_as_it_was() -> None:
    """Blocks may be nested, and what they leave behind is gone when the outermost ends."""
    threads: list[threading.Thread] = []
    with collecting_here():
        with collecting_here():
            Cycle(threads)
        assert not gc.isenabled()
        assert threads == []
    assert gc.isenabled()
    assert threads == [threading.current_thread()]


@pytest.mark.usefixtures("qapp")
def test_collection_that_is_off_stays_off() -> None:
    """Whoever turned it off knows why."""
    gc.disable()
    try:
        with collecting_here():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_window_has_it_so(session_monitor: object) -> None:
    """A test that has threads of its own beside the window needs to do nothing."""
    assert not gc.isenabled()
