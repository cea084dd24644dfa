"""``record`` of very many sessions: a file that cannot be written never ends the others."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from exlab_gui.core.trace import load
from tests.helpers.faulty_server.running import ServerThread, faulty_server_thread

resource = pytest.importorskip("resource", reason="Windows knows no such limit")

SESSIONS = 24
FEW = 20
"""Descriptors: more than the command needs itself, and fewer than sessions."""


SOON = """
from exlab_gui.__main__ import main
from exlab_gui.commands.shared import following
following._RETRY_S = 0.05
main()
"""


@contextmanager
def recording(server: ServerThread, folder: Path, most: int) -> Iterator[tuple[int, Iterator[str]]]:
    """Give the process of ``record``, and the lines that it writes.

    It is run with `FEW` descriptors, all for files and polls, and may ask for `most`.
    """
    args = ["record", server.url, "-o", str(folder), "--events", "poll"]
    command = [sys.executable, "-c", SOON, *args]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, most)),
    ) as process:
        assert process.stdout is not None
        try:
            # Others are about the server.
            yield process.pid, (line for line in process.stdout if "onnect" not in line)
        finally:
            process.terminate()
        assert process.wait() == 0


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[ServerThread]:
    with faulty_server_thread() as server:
        for _ in range(getattr(request, "param", SESSIONS)):
            server.do(lambda server: server.open("happy_path", held=True).session_id)
        yield server


def run_all_to(state: str, server: ServerThread) -> None:
    server.do(lambda server: [one.run_to(state) for one in server.sessions])


def polled(server: ServerThread) -> int:
    return server.do(lambda server: len(server.requests))


def kept(folder: Path) -> set[str | None]:
    """Return the ids of the sessions that are recorded whole."""
    found = [load(path) for path in folder.iterdir()]
    assert [one.problems for one in found if one.problems] == []
    return {one.header.session_id for one in found}


def test_as_many_files_as_the_system_allows(server: ServerThread, tmp_path: Path) -> None:
    """The usual limit of open files is not the end: the system gives more to who asks."""
    with recording(server, tmp_path, 4096) as (_, lines):
        said = [next(lines) for _ in range(SESSIONS)]
    assert not [line for line in said if "open files" in line]
    assert len(kept(tmp_path)) == SESSIONS


def test_a_file_that_cannot_be_opened_ends_no_other(server: ServerThread, tmp_path: Path) -> None:
    """It is told, once for each session, and tried again: in the end nothing is missing."""
    with recording(server, tmp_path, FEW) as (_, lines):
        said = [next(lines) for _ in range(SESSIONS)]
        refused = [line.split(":")[0] for line in said if ": Too many open files. No event" in line]
        assert 0 < len(set(refused)) == len(refused) < SESSIONS
        run_all_to("done", server)
        assert {next(lines) for _ in refused}.isdisjoint(said)
    assert len(kept(tmp_path)) == SESSIONS


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process")
@pytest.mark.parametrize("server", [1], indirect=True)
def test_it_goes_on_without_news(server: ServerThread, tmp_path: Path) -> None:
    """That there is room again is noticed although nothing happens on the server."""
    unlimited = resource.RLIM_INFINITY, resource.RLIM_INFINITY
    with recording(server, tmp_path, FEW) as (pid, lines):
        path = Path(next(lines).strip())
        full = path.stat().st_size + 5, resource.RLIM_INFINITY
        resource.prlimit(pid, resource.RLIMIT_FSIZE, full)
        run_all_to("rendering", server)
        assert f"{path.name}: File too large." in next(lines)
        polls = polled(server)
        while polled(server) < polls + 5:
            pass  # it has noticed by now that nothing happens any more
        resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
        assert next(lines) == f"{path.name}: recording goes on.\n"
    assert load(path).events[-1].state == "rendering"
