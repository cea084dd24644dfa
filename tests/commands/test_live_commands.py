"""``watch`` and ``record`` follow a server until they are stopped, and leave whole files."""

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.trace import load
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.pipes import make_pipe
from tests.helpers.programs import started

pytestmark = pytest.mark.skipif(os.name == "nt", reason="commands are stopped by signals")


@pytest.fixture
def demo():
    with faulty_server_thread() as server:
        yield server


def open_session(demo, scenario="happy_path"):
    return demo.do(lambda server: server.open(scenario, held=True).session_id)


def run_to(demo, session_id, state):
    demo.do(lambda server: server.sessions.get(session_id).run_to(state))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_prints_events_as_they_come(demo, number):
    """Each event is a line of JSON with its session; a signal ends it in order."""
    session = open_session(demo)
    with started(
        "watch", demo.url, "--session", session, "--json", "--interval", "0.1"
    ) as watching:
        first = json.loads(watching.stdout.readline())
        assert (first["session_id"], first["state"]) == (session, "pending")
        run_to(demo, session, "rendering")
        seen = [json.loads(watching.stdout.readline())["state"] for _ in range(2)]
        assert seen == ["validating", "rendering"]
        watching.send_signal(number)
        rest, said = watching.communicate()
        assert watching.returncode == 0
        assert rest == ""
        assert "Connected to ExLab-Wizard 0.1.0" in said


def test_watch_tells_why_a_session_ended_so(demo, tmp_path):
    """A plugin that failed is in the JSON of ``watch``, and in what ``record`` writes."""
    session = open_session(demo, "plugin_fails")
    with (
        started("watch", demo.url, "--session", session, "--json") as watching,
        started("record", demo.url, "--session", session, "-o", tmp_path / "a") as recording,
    ):
        watching.stdout.readline()
        recording.stdout.readline()
        run_to(demo, session, "done")
        while (told := json.loads(watching.stdout.readline())).get("cause") is None:
            pass
        while told["cause"]["cause"] != "explained":
            told = json.loads(watching.stdout.readline())
        for command in (watching, recording):
            command.communicate()
    assert [one["status"] for one in told["cause"]["plugins"]].count("failed") == 1
    kept = load(tmp_path / "a").events[-1].cause
    assert [one.exit_code for one in kept.plugins if one.failed] == [3]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", 0)])
def test_record_leaves_whole_files(demo, number, tmp_path):
    """In a folder, each session has a file that can be opened, and none is written over."""
    session = open_session(demo)
    (tmp_path / f"{session}.exlab.jsonl").write_text("kept")
    with started("record", demo.url, "-o", tmp_path) as recording:
        path = recording.stdout.readline().strip()
        recording.send_signal(number)
        recording.communicate()
        assert recording.returncode == 0
    assert path.endswith(f"{session}-2.exlab.jsonl")
    recorded = load(path)
    assert recorded.problems == []
    assert recorded.header.source == demo.url
    assert recorded.header.session_id == session
    assert [event.state for event in recorded.events] == ["pending"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["watch", "http://127.0.0.1:1"], "No response from http://127.0.0.1:1."),
        (["watch", "ftp://x"], "An address must begin with http:// or https://."),
        (["watch", "http://me:secret@"], "This is not an address"),
        (["record", "-o", "x", "--session", "a", "--all"], "exclude each other"),
        (["watch"], "No running ExLab-Wizard was found here."),
    ],
)
def test_what_cannot_be_followed_is_told(args, message, tmp_path, monkeypatch):
    """Where there is no server, or no address, the command says so and ends."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    result = CliRunner().invoke(main, args)
    assert result.exit_code != 0
    assert message in result.output
    assert "secret" not in result.output


def test_a_session_that_the_server_does_not_know(demo):
    """An unknown session is told in the server's own words."""
    result = CliRunner().invoke(main, ["watch", demo.url, "--session", "nobody"])
    assert result.exit_code == 1
    assert "nobody" in result.output


@pytest.mark.parametrize("ending", ["done", "failed", "aborted"])
def test_watching_a_session_that_is_over_ends(demo, ending):
    """What is known of it is printed, and nothing more can come."""
    scenario = {"done": "plugin_fails", "failed": "internal_error", "aborted": "abandoned"}[ending]
    session = open_session(demo, scenario)
    run_to(demo, session, ending)
    result = CliRunner().invoke(main, ["watch", f"{demo.url}/main", "--session", session, "--json"])
    assert result.exit_code == 0
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert events[-1]["state"] == ending
    assert ("explained" in [one.get("cause", {}).get("cause") for one in events]) is (
        ending == "done"
    )


def test_recording_a_session_ends_with_it(demo, tmp_path):
    """Nothing more can come once it is over and explained."""
    session = open_session(demo, "plugin_fails")
    command = ["record", demo.url, "--session", session, "-o", tmp_path / "a"]
    with started(*command) as recording:
        recording.stdout.readline()
        run_to(demo, session, "done")
        recording.communicate()
        assert recording.returncode == 0
    assert load(tmp_path / "a").events[-1].cause.failures == 1


def test_another_server_is_none_of_ours(demo):
    """What is not an ExLab-Wizard is said to be none."""
    result = CliRunner().invoke(main, ["watch", f"{demo.url}/printer"])
    assert result.exit_code == 1
    assert demo.url in result.output


def test_no_qt_is_imported():
    """The commands that follow a server need no Qt."""
    code = """
import sys
from exlab_gui.commands import record, watch
from exlab_gui.commands.shared import following
import exlab_gui.sources.recorder
from tests.helpers.pipes import make_pipe
print(*sorted({"PySide6", "shiboken6", "qasync"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("place", "session", "said"),
    [
        ("file", False, "This is no folder. Give a folder, or --session for a file."),
        ("pipe", False, "This is no folder. Give a folder, or --session for a file."),
        ("pipe", True, "This is a device or a pipe, not a file."),
        ("/dev/full", True, "This is a device or a pipe, not a file."),
        (".", True, "Is a directory."),
        ("none/x", True, "No such file or directory."),
    ],
)
def test_a_place_that_cannot_be_recorded_to(demo, tmp_path, monkeypatch, place, session, said):
    """One sentence says why, and nothing is made or waited for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(b"old")
    make_pipe(tmp_path / "pipe")
    args = ["--session", open_session(demo)] if session else []
    open_session(demo)
    done = CliRunner().invoke(main, ["record", demo.url, "-o", place, *args])
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == f"Error: {place}: {said}"
    assert {path.name for path in tmp_path.iterdir()} == {"file", "pipe"}
    assert (tmp_path / "file").read_bytes() == b"old"
