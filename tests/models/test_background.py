"""Long work goes on beside the window, which is told of it, and can stop it."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication

from exlab_gui.models.background import Background

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def background(qapp):
    background = Background()
    yield background
    background.close()


def told(background):
    """Return a list that gains all that is told by signals, each with the thread that tells it."""
    all_of_it = []

    def note(*what):
        all_of_it.append((*what, threading.current_thread()))

    background.progressed.connect(note)
    background.failed.connect(note)
    return all_of_it


class Gate:
    """Work that tells its progress and goes on only when a test lets it."""

    def __init__(self, error=None):
        self.begun = threading.Event()
        self.let_go = threading.Event()
        self.thread = None
        self.went_on = None
        self.error = error

    def __call__(self, proceed):
        self.thread = threading.current_thread()
        proceed(1, 2**40)
        self.begun.set()
        self.let_go.wait()
        self.went_on = proceed(2**40, 2**40)
        if self.error is not None:
            raise self.error
        return "the result"


def test_work_is_done_beside_the_window_and_told_in_it(background, qtbot):
    """The work runs in another thread; its progress and its result come in that of the window."""
    work, results, progress = Gate(), [], told(background)
    window = threading.current_thread()
    background.run(
        "Writing", work, lambda result: results.append((result, threading.current_thread()))
    )
    assert background.busy
    qtbot.waitUntil(lambda: bool(progress))
    assert not results
    work.let_go.set()
    qtbot.waitUntil(lambda: bool(results))
    assert work.thread is not window
    assert work.went_on is True
    assert results == [("the result", window)]
    assert progress[0] == ("Writing", 1, 2**40, window)
    assert not background.busy


def test_when_the_result_comes_the_next_work_can_begin(background, qtbot):
    """What gets the result may begin other work at once."""
    results = []

    def go_on(result):
        results.append(result)
        if len(results) < 3:
            background.run("Next", lambda _proceed: len(results), go_on)

    background.run("First", lambda _proceed: 0, go_on)
    qtbot.waitUntil(lambda: len(results) == 3)
    assert results == [0, 1, 2]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError("No space left on device"), "No space left on device"),
        (ValueError("log.txt: not a log"), "log.txt: not a log"),
        (TypeError("Encoding objects of type set is unsupported"), "Encoding objects of type set"),
        (MemoryError(), "MemoryError"),
    ],
)
def test_work_that_fails_says_why(background, qtbot, error, said):
    """Whatever ends the work, its words, or else its name, are told, and other work can begin."""
    work, results, words = Gate(error), [], told(background)
    background.run("Writing", work, results.append)
    work.let_go.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert words[-1][0].startswith(said)
    assert words[-1][1] is threading.current_thread()
    assert not results


def test_one_work_at_a_time(background, qtbot):
    """While some work goes on, other work is refused, and the first one is not disturbed."""
    work, results, words = Gate(), [], told(background)
    background.run("First", work, results.append)
    work.begun.wait()
    background.run("Second", lambda _proceed: "second", results.append)
    assert "Something else is still being read or written. Stop it first." in [w[0] for w in words]
    work.let_go.set()
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["the result"]


def test_work_can_be_stopped(background, qtbot):
    """After a stop the work is told not to go on; what it made of that is its result."""
    work, results = Gate(), []
    background.run("Writing", work, results.append)
    work.begun.wait()
    background.stop()
    work.let_go.set()
    qtbot.waitUntil(lambda: bool(results))
    assert work.went_on is False


def test_a_stop_is_for_the_work_that_goes_on(background, qtbot):
    """Work that begins after a stop is not stopped by it."""
    work, results = Gate(), []
    background.stop()
    background.run("Writing", work, results.append)
    work.let_go.set()
    qtbot.waitUntil(lambda: bool(results))
    assert work.went_on is True


def test_closed_while_it_works(qapp):
    """A close stops the work and waits for its end; nothing is told any more."""
    background, work, results = Background(), Gate(), []
    words = told(background)
    background.run("Writing", work, results.append)
    work.begun.wait()
    work.let_go.set()
    background.close()
    assert not work.thread.is_alive()
    assert not background.busy
    QCoreApplication.processEvents()
    assert not results
    assert not words


def test_closed_when_the_work_had_ended_but_was_not_told_yet(qapp):
    """A result that is on its way to the window when that is closed does not arrive."""
    background, work, results = Background(), Gate(), []
    words = told(background)
    work.let_go.set()
    background.run("Writing", work, results.append)
    work.begun.wait()
    work.thread.join()
    background.close()
    QCoreApplication.processEvents()
    assert not results
    assert not words


def test_closed_with_nothing_to_do(qapp):
    """Where nothing goes on there is nothing to wait for."""
    Background().close()
