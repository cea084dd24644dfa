"""``simulate`` prints what a session emits, up to the first step that is not legal."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from click.testing import CliRunner

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.cli import main
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.core.trace import load
from tests.helpers import spec

START = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)


def run(*args):
    """Return the result of ``exlab-gui simulate`` with `args`, in this process."""
    return CliRunner().invoke(main, ["simulate", "--start", "2026-03-17T09:30:00", *map(str, args)])


def process(*args):
    """Return the result of ``exlab-gui simulate`` with `args`, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "exlab_gui", "simulate", *args], capture_output=True, check=False
    )


def events(output):
    """Return the events that lines of JSON hold."""
    return [msgspec.json.decode(line, type=Event) for line in output.splitlines()]


@pytest.mark.parametrize(("current", "new_state"), spec.PAIRS)
def test_all_pairs(current, new_state):
    """Of the 121 pairs, a path with one of the 25 legal ones is gone along; no other is.

    A refused one leaves 1 as the exit code, and has said all that was legal, then which step is
    not, and why.
    """
    way = spec.WAYS[current]
    result = run("--json", "--path", ",".join(("pending", *way, new_state)))
    if new_state in spec.FOLLOWING[current]:
        assert result.exit_code == 0
        assert [e.state for e in events(result.output)] == ["pending", *way, new_state]
    else:
        assert result.exit_code == 1
        *legal, last = result.output.splitlines()
        assert [e.state for e in events("\n".join(legal))] == ["pending", *way]
        assert last.startswith(f"Error: step {len(way) + 1}, {current} → {new_state}: ")


@pytest.mark.parametrize(
    ("path", "status", "printed"),
    [
        ("validating,rendering,failed", 0, ["pending", "validating", "rendering", "failed"]),
        ("validating,rendering,done", 1, ["pending", "validating", "rendering"]),
        ("aborted,pending", 1, ["pending", "aborted"]),
        ("validating,finished", 2, []),
    ],
)
def test_as_a_process(path, status, printed):
    """Events go to standard output, refusals to standard error, and the exit code says which."""
    done = process("--json", "--path", path)
    assert done.returncode == status
    assert [event.state for event in events(done.stdout)] == printed
    assert bool(done.stderr) == bool(status)


def test_the_message_for_an_illegal_step():
    """An illegal step is told with its number and what would lead there."""
    assert run("--path", "validating,done").output.splitlines()[-1] == (
        "Error: step 2, validating → done: Not legal from validating. done is reached only from "
        "sync_queued: 6 steps away "
        "(rendering → plugin_pass → cache_write → post_validate → sync_queued → done)."
    )


def test_the_initial_state_may_be_left_out():
    """A path with or without its beginning is the same; spaces after commas do not matter."""
    assert (
        run("--path", "validating,rendering").output
        == run("--path", "pending,validating, rendering").output
    )
    assert [line.split()[2] for line in run("--path", "pending").output.splitlines()] == ["pending"]


@pytest.mark.parametrize("name", bundled_scenarios())
def test_prints_one_line_per_event(name):
    """Each event of a bundled scenario takes one line, as JSON and as columns that line up."""
    expected = list(simulate(find_scenario(name), CREATION_MACHINE, START))
    assert events(run("--scenario", name, "--json").output) == expected
    lines = run("--scenario", name).output.splitlines()
    assert len(lines) == len(expected)
    columns = lines[0].index("pending"), lines[0].index("transition")
    for line, event in zip(lines, expected, strict=True):
        assert line.split()[0] == str(event.seq)
        assert all(line[place - 1] == " " != line[place] for place in columns)


def test_plays_the_happy_path_by_default():
    """Without a scenario or a path, the happy path is played."""
    assert run().output == run("--scenario", "happy_path").output
    assert run().output.splitlines()[-1].split()[2] == "done"


def test_a_scenario_file_is_played(tmp_path):
    """A file is played as a bundled scenario is."""
    own = tmp_path / "own.json"
    own.write_bytes(bundled_scenarios()["asks_once"].read_bytes())
    assert run("--scenario", str(own)).output == run("--scenario", "asks_once").output


def test_starts_now_by_default():
    """Unless told otherwise, the session is opened at the time it is."""
    before = datetime.now(UTC)
    first, *_ = events(CliRunner().invoke(main, ["simulate", "--json"]).output)
    assert before <= first.at <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--path", ""], '"" is not a state'),
        (["--path", "validating,"], '"" is not a state'),
        (["--path", "validatin"], 'did you mean "validating"?'),
        (["--scenario", "hapy_path"], 'did you mean "happy_path"?'),
        (["--scenario", "no.json"], "Error: no.json: There is no such file."),
        (["--scenario", "/dev/zero"], "Error: zero: This is a device or a pipe"),
        (["--scenario", "asks_once", "--path", "failed"], "only one can be given"),
        (["--tour", "--path", "failed"], "only one can be given"),
        (["--start", "yesterday"], '"yesterday" is no time: give a date (2026-03-17)'),
        (["--start", "9999-01-01"], "times are from 1970-01-02 to 9000-01-01."),
        (["now"], "unexpected extra argument"),
    ],
)
def test_bad_use(args, message):
    """What makes no sense ends with exit code 2 and says why; nothing is printed but that."""
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.output


def test_a_broken_file_is_told_in_one_line(tmp_path):
    """A file that cannot be used is refused with its own message, and nothing else."""
    own = tmp_path / "own.json"
    own.write_text('{"format": "exlab-scenario", "version": 2}')
    result = run("--scenario", str(own))
    assert result.exit_code == 2
    assert re.fullmatch(r"Error: own\.json: version 2 of .* reads version 1\.\n", result.output)


def test_imports_only_what_it_needs():
    """A session is simulated without importing Qt, asyncio, networkx, or another command."""
    code = """
import sys
from exlab_gui.cli import main
main(["simulate"], standalone_mode=False)
unneeded = {"PySide6", "shiboken6", "qasync", "asyncio", "networkx"}
unneeded |= {"exlab_gui.commands.check"}
print(*sorted(unneeded & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *printed, imported = done.stdout.split("\n")[:-1]
    assert len(printed) == 12
    assert imported == ""


def test_a_reader_that_stops_is_no_error(tmp_path):
    """Where the reader has seen enough, the program ends without a word."""
    warning = {"kind": "warning", "phase": "validating_inputs", "message": "m" * 60}
    steps = [{"do": "enter", "state": "validating"}, *[{"do": "emit", "envelope": warning}] * 5_000]
    own = tmp_path / "long.json"
    own.write_text(
        json.dumps({"format": "exlab-scenario", "version": 1, "title": "T", "steps": steps})
    )
    with subprocess.Popen(
        [sys.executable, "-m", "exlab_gui", "simulate", "--scenario", str(own)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout.readline().split()[2] == b"pending"
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_terminal_without_arrows_gets_all_the_same(monkeypatch):
    """What the terminal's encoding does not have is written out."""
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    done = process("--path", "validating,done")
    assert done.returncode == 1
    assert rb"pending \u2192 validating" in done.stdout
    assert rb"validating \u2192 done" in done.stderr


def test_time_is_simulated():
    """An hour goes by in the printed times only."""
    printed = events(run("--scenario", "abandoned", "--json").output)
    assert printed[0].at == START
    assert printed[-1].at - printed[-2].at > timedelta(hours=1)


def test_a_tour_takes_every_legal_transition():
    """Its sessions follow each other; together they go along all 25 transitions, and no other."""
    taken = set()
    before = None
    for event in events(run("--tour", "--json").output):
        if event.seq > 1:
            taken.add((before, event.state))
        before = event.state
    assert taken == set(spec.LEGAL)


def test_between_the_sessions_of_a_tour_is_an_empty_line():
    """A reader sees where the next session begins."""
    sessions = run("--tour").output.split("\n\n")
    assert len(sessions) > 1
    assert all(" pending " in session.splitlines()[0] for session in sessions)


def test_a_session_is_recorded(tmp_path):
    """With -o, the session is a recording; up to a step that is not legal if there is one."""
    path = tmp_path / "a.exlab.jsonl"
    done = run("--path", "validating,rendering", "-o", path)
    assert (done.exit_code, done.output) == (0, "")
    assert [event.state for event in load(path).events] == ["pending", "validating", "rendering"]
    refused = run("--path", "validating,done", "-o", path)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: step 2, validating → done: ")
    assert [event.state for event in load(path).events] == ["pending", "validating"]
    assert run("-o", tmp_path / "missing" / "a").exit_code == 1
    assert run("--json", "-o", path).exit_code == 2


def test_a_tour_is_recorded_into_a_folder(tmp_path):
    """Each session has a file; the same session has the same id whenever it is written."""
    for folder in ("a", "b"):
        assert run("--tour", "-o", tmp_path / folder).output == ""
    files = sorted((tmp_path / "a").iterdir())
    found = [load(file) for file in files]
    taken = [step for one in found for step in pairwise(event.state for event in one.events)]
    assert set(taken) == set(spec.LEGAL)
    ids = [one.header.session_id for one in found]
    assert len(set(ids)) == len(files) == 17
    assert [load(tmp_path / "b" / file.name).header.session_id for file in files] == ids
    assert run("--tour", "-o", files[0]).exit_code == 2
    assert run("--tour", "-o", "-").exit_code == 2
