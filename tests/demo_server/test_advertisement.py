"""The file by which the server is found is there while it runs, and no longer."""

import os
import subprocess
import sys

import pytest

from exlab_gui.core.clock import utc_now
from exlab_gui.core.protocol.emission import wire_time
from exlab_gui.demo_server.advertisement import remove_server_file, write_server_file
from exlab_gui.demo_server.server import DemoServer
from exlab_gui.sources.live.server_file import ServerFile, read_server_file

HERE = ServerFile(8123, os.getpid(), "2026-01-31T12:00:00Z")


@pytest.fixture
def path(tmp_path):
    """Return where the file is to be, in a folder that is not there yet."""
    return tmp_path / "state" / "server.json"


async def test_the_file_is_there_while_the_server_runs(path):
    """It says the port, this process and the time, and is removed on a clean stop."""
    async with DemoServer(file=path) as demo:
        found = read_server_file(path)
        assert (found.url, found.pid, found.is_leftover) == (demo.url, os.getpid(), False)
        assert found.started_at.endswith("Z")
        assert found.control_token == demo.token
        assert demo.problem is None
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="there, the folder says who may read")
@pytest.mark.parametrize("left", [None, b'{"port": 1, "pid": 2147483647, "started_at": ""}'])
async def test_nobody_else_reads_the_token(path, left):
    """Only the owner may read the file, whoever might read the one that it replaces."""
    if left is not None:
        path.parent.mkdir()
        path.write_bytes(left)
        path.chmod(0o644)
    async with DemoServer(file=path):
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", [b'{"port": 1, "pid": 2147483647, "started_at": ""}', b"rubbish"])
async def test_what_a_dead_server_left_is_replaced(path, left):
    """So is what is no such file at all."""
    path.parent.mkdir()
    path.write_bytes(left)
    async with DemoServer(file=path) as demo:
        assert read_server_file(path).port == demo.port
    assert not path.exists()


@pytest.fixture
def other():
    """Return the file of another server that runs, or at least of a process that does."""
    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as process:
        yield ServerFile(4711, process.pid, wire_time(utc_now()))
        process.kill()


async def test_the_file_of_another_server_is_left_alone(path, other):
    """A real server that runs is still found, and the demo server says so."""
    write_server_file(other, path)
    async with DemoServer(file=path) as demo:
        assert f"the server of process {other.pid} wrote it" in demo.problem
        assert read_server_file(path) == other
    assert read_server_file(path) == other


async def test_a_file_that_was_replaced_is_not_removed(path, other):
    """Who started later and took the file keeps it."""
    async with DemoServer(file=path):
        write_server_file(other, path)
    assert read_server_file(path) == other


async def test_a_file_that_cannot_be_written_stops_nobody(tmp_path):
    """The server runs all the same, and says what is wrong."""
    (tmp_path / "state").write_bytes(b"")
    async with DemoServer(file=tmp_path / "state" / "server.json") as demo:
        assert "server.json cannot be written: " in demo.problem


def test_what_is_written_is_read(tmp_path):
    """The file is a JSON object of three keys; folders are made where they are missing."""
    path = tmp_path / "a" / "b" / "server.json"
    write_server_file(HERE, path)
    assert path.read_bytes() == (
        b'{"port":8123,"pid":%d,"started_at":"2026-01-31T12:00:00Z"}' % os.getpid()
    )
    assert read_server_file(path) == HERE
    assert [path.name for path in path.parent.iterdir()] == ["server.json"]


def test_another_servers_file_is_not_removed(tmp_path):
    """Nor is one that cannot be understood, and none that is not there."""
    path = tmp_path / "server.json"
    remove_server_file(HERE, path)
    write_server_file(ServerFile(1, 2, "now"), path)
    remove_server_file(HERE, path)
    assert path.exists()
    path.write_bytes(b"rubbish")
    remove_server_file(HERE, path)
    assert path.exists()
