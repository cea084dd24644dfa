"""A thread that does what it is asked for."""

import gc
import subprocess
import sys
import threading
from concurrent.futures import wait

import pytest

from exlab_gui.system.worker import Worker


def test_it_does_one_thing_after_another() -> None:
    """Results and errors come as futures; the thread ends after the last one."""
    worker = Worker()
    assert not worker.is_at_work
    gate, done = threading.Event(), []
    futures = [worker.ask(lambda n=n: (gate.wait(), done.append(n), n)[2]) for n in range(3)]
    failing = worker.ask(lambda: 1 // 0)
    worker.end()
    assert worker.is_at_work
    assert not wait(futures, 0.01).done
    gate.set()
    assert [future.result(10) for future in futures] == done == [0, 1, 2]
    with pytest.raises(ZeroDivisionError):
        failing.result(10)
    assert worker._thread is not None
    worker._thread.join(10)
    assert not worker.is_at_work


def test_its_thread_goes_with_it() -> None:
    """Nobody has to call `end`."""
    worker = Worker()
    worker.ask(int).result(10)
    thread = worker._thread
    del worker
    gc.collect()
    assert thread is not None
    thread.join(10)
    assert not thread.is_alive()


def test_the_program_ends_all_the_same() -> None:
    """What never ends keeps no program from ending."""
    code = "from exlab_gui.system.worker import Worker; import threading\n"
    code += "Worker().ask(threading.Event().wait)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=True).returncode == 0
