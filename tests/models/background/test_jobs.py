"""Long work is done beside the window, one job at a time; the window is told, and can stop it."""

import asyncio
import threading

import pytest

from exlab_gui.models.background import jobs as jobs_module
from exlab_gui.models.background.jobs import Jobs

pytestmark = pytest.mark.usefixtures("qapp")


class Told:
    """Everything that jobs tell, each with the thread that tells it."""

    def __init__(self, jobs):
        self.all = []
        self.results = []
        jobs.progressed.connect(lambda *what: self.note("progressed", *what))
        jobs.stopped.connect(lambda *what: self.note("stopped", *what))
        jobs.failed.connect(lambda *what: self.note("failed", *what))

    def note(self, *what):
        self.all.append((what, threading.current_thread()))

    def take(self, result):
        self.results.append(result)
        self.note("result", result)

    def of(self, name):
        return [what[1:] for what, _ in self.all if what[0] == name]


class Gate:
    """Work that tells its progress and goes on only when a test lets it."""

    def __init__(self, result="the result", error=None):
        self.begun = threading.Event()
        self.let_go = threading.Event()
        self.thread = None
        self.ended = False
        self.result = result
        self.error = error

    def __call__(self, progress):
        self.thread = threading.current_thread()
        try:
            progress(1, 2**40)
            self.begun.set()
            self.let_go.wait()
            progress(2**40, 2**40)
            if self.error is not None:
                raise self.error
        finally:
            self.ended = True
        return self.result


@pytest.fixture
async def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    await jobs.close()


@pytest.fixture
def told(jobs):
    return Told(jobs)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.001)


async def test_work_is_done_beside_the_window_and_told_in_it(jobs, told):
    """The work runs in another thread; its progress and its result come in that of the window."""
    work = Gate()
    jobs.run("Writing", work, told.take)
    assert jobs.busy
    await until(lambda: told.all)
    assert not told.results
    work.let_go.set()
    await until(lambda: not jobs.busy)
    assert work.thread is not threading.current_thread()
    assert told.results == ["the result"]
    assert told.of("progressed")[0] == ("Writing", 1, 2**40)
    assert {thread for _, thread in told.all} == {threading.current_thread()}


async def test_jobs_wait_for_each_other(jobs, told):
    """All are done, one at a time, in the order in which they were asked for."""
    gates = [Gate(number) for number in range(3)]
    for gate in gates:
        jobs.run("Writing", gate, told.take)
    for gate in gates:
        await until(gate.begun.is_set)
        assert [other.begun.is_set() for other in gates].count(True) == gate.result + 1
        gate.let_go.set()
    await until(lambda: not jobs.busy)
    assert told.results == [0, 1, 2]


async def test_who_gets_the_result_may_ask_for_more(jobs, told):
    """The next job begins when its turn comes."""

    def go_on(result):
        told.take(result)
        if result < 3:
            jobs.run("Next", lambda _: result + 1, go_on)

    jobs.run("First", lambda _: 0, go_on)
    await until(lambda: told.results == [0, 1, 2, 3])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError("No space left on device"), "No space left on device"),
        (ValueError("log.txt: not a log"), "log.txt: not a log"),
        (
            TypeError("Encoding objects of type set is unsupported"),
            "TypeError: Encoding objects of type set",
        ),
        (MemoryError(), "MemoryError"),
    ],
)
async def test_work_that_fails_says_why(jobs, told, error, said):
    """Whatever ends the work, its words, or else its name, are told, and other work can begin."""
    work = Gate(error=error)
    work.let_go.set()
    jobs.run("Writing", work, told.take)
    await until(lambda: told.of("failed"))
    assert told.of("failed")[0][0].startswith(said)
    assert not told.results
    assert not jobs.busy


async def test_no_failure_hides_another(jobs, told):
    """What failed is told once all is done, so that no later success takes it off the window."""

    def fail(sentence):
        raise ValueError(sentence)

    jobs.run("First", lambda _: fail("one"), told.take)
    jobs.run("Second", lambda _: "read", lambda _: jobs.fail("two"))
    jobs.run("Third", lambda _: fail("three"), told.take)
    jobs.run("Fourth", lambda _: "read", told.take)
    await until(lambda: told.of("failed"))
    assert told.of("failed") == [("one\ntwo\nthree",)]
    assert [what[0] for what, _ in told.all] == ["result", "failed"]


async def test_the_job_at_work_is_stopped(jobs, told):
    """A stop ends the work where it next tells its progress; the next job is not stopped."""
    first, second = Gate("first"), Gate("second")
    jobs.run("First", first, told.take)
    jobs.run("Second", second, told.take)
    await until(first.begun.is_set)
    jobs.stop()
    first.let_go.set()
    second.let_go.set()
    await until(lambda: not jobs.busy)
    assert told.of("stopped") == [("First",)]
    assert told.results == ["second"]
    assert not told.of("failed")


async def test_a_stop_without_a_job_is_nothing(jobs, told):
    """Work that begins after a stop is not stopped by it."""
    jobs.stop()
    jobs.run("Writing", lambda _: "done", told.take)
    await until(lambda: told.results == ["done"])


async def test_closing_ends_all_jobs(qtbot):
    """What is at work ends, what waits never begins, and nothing is told any more."""
    jobs = Jobs()
    told, work, waiting = Told(jobs), Gate(), Gate()
    jobs.run("Writing", work, told.take)
    jobs.run("Writing", waiting, told.take)
    await until(work.begun.is_set)
    told.all.clear()
    work.let_go.set()
    await jobs.close()
    assert work.ended
    assert not waiting.begun.is_set()
    assert not jobs.busy
    assert told.all == []


async def test_after_the_end_no_job_begins(qtbot):
    """It would go on after the window, whose other parts may still change while they close."""
    jobs = Jobs()
    told, work = Told(jobs), Gate()
    await jobs.close()
    jobs.run("Writing", work, told.take)
    assert not jobs.busy
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_closed_with_nothing_to_do(qtbot):
    """If there is no work, there is nothing to wait for."""
    await Jobs().close()


async def test_a_job_that_is_given_no_more_turns_ends(qtbot):
    """Whatever cancels the task of a job, its thread does not wait for ever."""

    def work(progress):
        while True:
            progress(0, 1)

    jobs = Jobs()
    jobs.run("Working", work, lambda _: None)
    await asyncio.sleep(0)
    jobs._tasks.cancel()
    await jobs._tasks.ended()
    await jobs.close()


@pytest.fixture
def hanging(monkeypatch):
    """Return work that waits for a drive that does not answer, until the end of the test."""
    monkeypatch.setattr(jobs_module, "PATIENCE_S", 0.2)
    monkeypatch.setattr(jobs_module, "_SILENT_S", 0.05)
    answers = threading.Event()
    yield lambda _: answers.wait()
    answers.set()


async def test_work_that_hangs_is_left_behind(jobs, told, hanging):
    """The window goes on meanwhile; stopping says so at once, and the next job begins."""
    jobs.run("Writing", hanging, told.take)
    jobs.run("Reading", lambda _: "the next", told.take)
    await until(lambda: told.all)
    assert told.of("progressed") == [("Writing", 0, 1)]
    jobs.stop()
    await until(lambda: not jobs.busy)
    assert told.of("stopped") == [("Writing",)]
    assert told.results == ["the next"]


async def test_a_window_is_closed_although_work_hangs(jobs, told, hanging):
    """It waits for a moment, in which sound work removes what it has begun to write."""
    sound = Gate()
    for work in (hanging, sound):
        closing = Jobs()
        closing.run("Writing", work, told.take)
        await asyncio.sleep(0.05)
        if work is sound:
            asyncio.get_running_loop().call_later(0.01, sound.let_go.set)
        await asyncio.wait_for(closing.close(), 10)
    assert sound.ended
    assert not told.all
