"""The file by which a server is found: where it is, what it says, whether it is a leftover."""

import os
import socket
import subprocess
import sys
from pathlib import Path, PurePath

import msgspec
import pytest

from exlab_gui.sources.live.server_file import (
    ServerFile,
    ServerFileError,
    read_server_file,
    server_file_path,
    state_folder,
)
from tests.helpers.pipes import make_pipe

HERE = ServerFile(8123, os.getpid(), "2026-01-31T12:00:00Z")
HOME = Path("/home/ada")


@pytest.mark.parametrize(
    ("system", "variables", "folder"),
    [
        ("linux", {}, "/home/ada/.local/state/exlab-wizard"),
        ("linux", {"XDG_STATE_HOME": "/var/ada"}, "/var/ada/exlab-wizard"),
        ("linux", {"XDG_STATE_HOME": ""}, "/home/ada/.local/state/exlab-wizard"),
        ("linux", {"XDG_STATE_HOME": "state"}, "state/exlab-wizard"),
        ("freebsd14", {}, "/home/ada/.local/state/exlab-wizard"),
        (
            "darwin",
            {"XDG_STATE_HOME": "/var/ada"},
            "/home/ada/Library/Application Support/exlab-wizard/state",
        ),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/exlab-wizard/state"),
        ("win32", {}, "/home/ada/AppData/Local/exlab-wizard/state"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/exlab-wizard/state"),
    ],
)
def test_the_state_folder_of_each_system(system, variables, folder):
    """It is where ExLab-Wizard looks for it, which takes a relative folder as it is."""
    assert state_folder(system, variables, HOME) == PurePath(folder)


def test_the_path_follows_the_environment(monkeypatch, tmp_path):
    """By default it is that of this machine and this user, as things are now."""
    if sys.platform in ("darwin", "win32"):
        pytest.skip("there it does not follow XDG_STATE_HOME")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert server_file_path() == tmp_path / "exlab-wizard" / "server.json"
    assert read_server_file() is None
    server_file_path().parent.mkdir()
    server_file_path().write_bytes(msgspec.json.encode(HERE))
    assert read_server_file() == HERE


def test_the_address(tmp_path):
    """The port is one of the loopback interface."""
    assert HERE.url == "http://127.0.0.1:8123"


def test_more_keys_are_ignored(tmp_path):
    """A newer server may write more than is known."""
    path = tmp_path / "server.json"
    path.write_bytes(b'{"port": 1, "pid": 2, "started_at": "now", "token": "x", "host": "::"}')
    assert read_server_file(path) == ServerFile(1, 2, "now")


def test_a_file_that_does_not_tell_when(tmp_path):
    """The wizard itself takes one without ``started_at``."""
    path = tmp_path / "server.json"
    path.write_bytes(b'{"port": 8123, "pid": 1}')
    assert read_server_file(path).url == HERE.url


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"port": 0, "pid": 1, "started_at": ""}',
        b'{"port": 65536, "pid": 1, "started_at": ""}',
        b'{"port": 8123, "pid": 0, "started_at": ""}',
        b'{"port": 8123, "pid": -1, "started_at": ""}',
        b'{"port": 8123, "pid": 1e400, "started_at": ""}',
        b'{"port": "8123", "pid": 1, "started_at": ""}',
        b'{"port": 8123, "pid": 1, "started_at": 7}',
        b"[" * 50_000,
    ],
)
def test_what_no_server_writes(tmp_path, data):
    """It raises one sentence that names the file, whatever it holds."""
    path = tmp_path / "server.json"
    path.write_bytes(data)
    with pytest.raises(ServerFileError, match=r"server\.json is not what .* server writes\.$"):
        read_server_file(path)


@pytest.mark.skipif(os.name == "nt", reason="such files are not there")
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda path: path.mkdir(), "This is a folder."),
        (make_pipe, "This is a device or a pipe, not a file."),  # reading it would never end
        (lambda path: path.symlink_to("/dev/zero"), "This is a device or a pipe, not a file."),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links."),
    ],
)
def test_what_cannot_be_read(tmp_path, made, said):
    """What is no ordinary file is refused, and not waited for."""
    path = tmp_path / "server.json"
    made(path)
    with pytest.raises(ServerFileError, match=r"server\.json: ") as refused:
        read_server_file(path)
    assert str(refused.value).endswith(said)


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "server.json"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(ServerFileError, match="is not what"):
        read_server_file(path)


def test_a_user_without_a_home(monkeypatch):
    """Such as a container's: the state folder is asked for only if no variable names it."""

    def refuse():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", refuse)
    assert state_folder("linux", {"XDG_STATE_HOME": "/x"}) == Path("/x/exlab-wizard")
    with pytest.raises(ServerFileError, match="This user has no home folder"):
        state_folder("linux", {})


def test_a_file_is_a_leftover_once_its_process_is_dead():
    """The process that wrote it has ended, and was waited for."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        left = ServerFile(8123, process.pid, "now")
        assert not left.is_leftover
    assert left.is_leftover


def test_the_id_of_a_dead_server_was_given_anew():
    """A process that started after the file was written did not write it, if nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        left = ServerFile(port, os.getpid(), "2020-01-31T12:00:00Z")
        assert not left.is_leftover  # the clock may have been wrong at that time
    assert left.is_leftover


@pytest.mark.parametrize("started_at", ["", "now", "9999-12-31T23:59:59Z", "10:15"])
def test_a_time_that_does_not_tell(started_at):
    """A server that says nothing, or nonsense, of its start is believed."""
    assert not ServerFile(1, os.getpid(), started_at).is_leftover
