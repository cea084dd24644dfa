"""Work in several processes gives what it gives in one, and ends with Ctrl+C, quietly."""

import os
import signal
import subprocess
import sys

import pytest

from exlab_gui.system.worker_processes import map_in_processes


def test_the_results_come_in_order() -> None:
    """As those of `map`, whichever process was faster."""
    numbers = range(20)
    assert list(map_in_processes(2, divmod, numbers, [3] * 20)) == [divmod(n, 3) for n in numbers]


STOPPED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
from exlab_gui.system.worker_processes import map_in_processes
if __name__ == "__main__":
    try:
        for one in map_in_processes(2, abs, range(100)):
            print(one, flush=True)
            while True:  # an interrupt just before `signal.pause` would not end that
                pass
    except KeyboardInterrupt:
        sys.exit(3)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no groups of processes to interrupt")
def test_an_interrupt_is_for_the_program_alone() -> None:
    """A terminal sends it to the processes too, which have nothing to say then."""
    command = [sys.executable, "-c", STOPPED]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "0\n"
            os.killpg(program.pid, signal.SIGINT)
            assert program.communicate(timeout=60) == ("", "")
        finally:
            program.kill()
    assert program.returncode == 3
