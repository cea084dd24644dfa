"""``attach`` finds the server that the window is to watch, or says why there is none."""

import pytest
from click.testing import CliRunner

from exlab_gui import window_program
from exlab_gui.cli import main
from exlab_gui.demo_server.advertisement import write_server_file
from exlab_gui.sources.live import server_file
from exlab_gui.sources.live.listening.choice import StreamChoice
from exlab_gui.sources.live.server_file import ServerFile

DEAD = 2**31 - 1


@pytest.fixture
def file(monkeypatch, tmp_path):
    """Return where the file of this machine's server would be."""
    path = tmp_path / "server.json"
    monkeypatch.setattr(server_file, "server_file_path", lambda: path)
    return path


def attach(*args):
    return CliRunner().invoke(main, ["attach", *args])


def test_no_server_is_found(file):
    """Where none was found, one sentence says so, and the exit code is 1."""
    done = attach()
    assert done.exit_code == 1
    assert done.output == "Error: No running ExLab-Wizard was found here. Give its URL.\n"


def test_a_leftover_is_said_to_be_one(file):
    """The file of a dead process is no server."""
    write_server_file(ServerFile(4242, DEAD, "2026-03-17T09:30:00Z"), file)
    done = attach()
    assert done.exit_code == 1
    assert f"its process {DEAD}" in done.output
    assert "is dead" in done.output


def test_what_is_no_address(file):
    """An address that cannot be one is wrong use."""
    assert attach("ftp://lab").exit_code == 2


def test_what_was_named_is_watched(file, monkeypatch):
    """The window is opened on the server and the session that were named."""
    opened = []
    monkeypatch.setattr(window_program, "run", lambda **wanted: opened.append(wanted) or 0)
    assert attach("localhost:9000", "--session", "abc", "--interval", "0.1").exit_code == 0
    (wanted,) = opened
    assert (wanted["server"].url, wanted["session_id"]) == ("http://localhost:9000", "abc")
    assert wanted["interval"] == 0.1
    assert wanted["events"] is None  # as chosen in the window


def test_event_streams_are_chosen_for_this_window(file, monkeypatch):
    """What the option says goes before what was chosen in the window."""
    opened = []
    monkeypatch.setattr(window_program, "run", lambda **wanted: opened.append(wanted) or 0)
    for choice in StreamChoice:
        assert attach("localhost:9000", "--events", choice.value).exit_code == 0
    assert [wanted["events"] for wanted in opened] == [*StreamChoice]
    assert attach("localhost:9000", "--events", "both").exit_code == 2
