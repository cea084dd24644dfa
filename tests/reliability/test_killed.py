"""A program that is killed at any moment while it records: nothing that was shown is lost.

``EXLAB_KILLS=200`` sets how often.
"""

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import pytest

from exlab_gui.core.trace import ENDING, Recording, load
from exlab_gui.testing import assert_conforms
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.reliability import killed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed by a signal")

KILLS = int(os.environ.get("EXLAB_KILLS", "3"))
COMMANDS = int(os.environ.get("EXLAB_KILLS", "1"))
_LONGEST_S = 0.5


@contextmanager
def running(target: Any, *args: object) -> Iterator[Any]:
    """Yield a process that runs `target`, and kill it, if nobody has."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.reliability.killed"])
    process = context.Process(target=target, args=args)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def kept(path: Path) -> Recording:
    """Return a recording of which at most the last line is cut off, and that conforms."""
    recording = load(path)
    assert all("cut off" in problem.sentence for problem in recording.problems)
    recording.problems.clear()
    assert_conforms(recording)
    return recording


def test_a_window_is_killed(tmp_path: Path) -> None:
    """Of each of four sessions, every event that the window showed is in its file."""
    lot = random.Random(KILLS)
    events = cut = 0
    for kill in range(KILLS):
        folder = tmp_path / str(kill)
        folder.mkdir()
        reader, writer = multiprocessing.Pipe(duplex=False)
        last: list[int] = []
        with running(killed.window, folder, kill, writer) as process:
            writer.close()
            last = reader.recv()
            wait([process.sentinel], lot.uniform(0, _LONGEST_S))
            os.kill(process.pid, signal.SIGKILL)
            with suppress(EOFError, OSError):
                while True:
                    last = reader.recv()
            reader.close()
        for session, shown in enumerate(last):
            path = killed.path_of(folder, session)
            cut += not path.read_bytes().endswith(b"\n")
            found = kept(path).events
            assert len(found) >= shown > 0
            events += len(found)
            path.unlink()
    print(
        f"\n{KILLS} windows killed: {events} events, {cut} lines cut off, none lost that was shown"
    )


def test_a_recording_command_is_killed(tmp_path: Path) -> None:
    """Each file that ``exlab-gui record`` named is there, and opens with all that is in it."""
    lot = random.Random(COMMANDS)
    events = 0
    with faulty_server_thread(rate=4.0) as server:
        for kill in range(COMMANDS):
            folder = tmp_path / str(kill)
            folder.mkdir()
            server.do(lambda demo: demo.forget())
            for _ in range(killed.SESSIONS):
                server.do(lambda demo: demo.open("happy_path"))
            with running(killed.recorder, folder, server.url) as process:
                while len(list(folder.glob(f"*{ENDING}"))) < killed.SESSIONS:
                    wait([process.sentinel], 0.005)
                    assert process.is_alive(), (folder / "printed.txt").read_text()
                wait([process.sentinel], lot.uniform(0, _LONGEST_S))
                os.kill(process.pid, signal.SIGKILL)
            printed = (folder / "printed.txt").read_text().splitlines()
            named = [Path(line) for line in printed if line.endswith(ENDING)]
            found = sorted(folder.glob(f"*{ENDING}"))
            assert set(named) <= set(found)
            for path in found:
                count = len(kept(path).events)
                assert count or path not in named
                events += count
                path.unlink()
    print(f"\n{COMMANDS} recorders killed: {events} events in the files, all of them whole")
