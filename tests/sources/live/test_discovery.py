"""The server of this machine, found by its file."""

import os

import pytest

from exlab_gui.sources.live import server_file
from exlab_gui.sources.live.discovery import NoServerFoundError, find_again, find_server


@pytest.fixture
def file(monkeypatch, tmp_path):
    """Return where the server's file is looked for."""
    path = tmp_path / "server.json"
    monkeypatch.setattr(server_file, "server_file_path", lambda: path)
    return path


def test_a_running_server_is_found(file):
    """At the port that its file tells, on this machine."""
    file.write_text(f'{{"port": 8123, "pid": {os.getpid()}, "started_at": "now"}}')
    assert find_server().url == "http://127.0.0.1:8123"
    assert find_again() == find_server()


@pytest.mark.parametrize("content", [None, "{", '{"port": 1, "pid": 4194304, "started_at": ""}'])
def test_what_is_no_running_server(file, content):
    """No file, a broken one, and the leftover of a dead process are told in a sentence."""
    if content is not None:
        file.write_text(content)
    with pytest.raises(NoServerFoundError, match=r"\.$"):
        find_server()
    assert find_again() is None
