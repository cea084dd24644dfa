"""``check`` says what recordings did that their machine does not allow."""

import json
import os
import shutil
import subprocess
import sys
from multiprocessing import resource_tracker, spawn
from pathlib import Path

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.commands import check
from exlab_gui.core.trace import Problem
from tests.core.trace.kept import SHORT, file_bytes

GOOD = file_bytes(SHORT)
LINES = GOOD.splitlines(keepends=True)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder with recordings of every sort."""
    monkeypatch.chdir(tmp_path)
    files = {
        "good": GOOD,
        "open": b"".join(LINES[:-1]),
        "dropped": b"".join(LINES[:3] + LINES[4:]),
        "cut": GOOD[:-20],
        "picture": b"\x89PNG\r\n\x1a\n\x00",
        "hostile": GOOD.replace(b'"state":"rendering"', b'"state":"\\u001b[2J\\nviolation"'),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run(*args):
    return CliRunner().invoke(main, ["check", *map(str, args)])


@pytest.mark.parametrize(
    ("files", "code", "printed", "told"),
    [
        (["good"], 0, "", "1 checked: 1 conform, 0 do not, 0 could not be read.\n"),
        (
            ["open"],
            0,
            "open: event 7: note: never_ended: The session never ended: it was last in "
            "plugin_pass.\n",
            "1 checked: 1 conform, 0 do not, 0 could not be read.\n",
        ),
        (
            ["good", "dropped"],
            1,
            "dropped: event 4: violation: number_missing: Number 3 is missing before 4.\n",
            "2 checked: 1 conform, 1 do not, 0 could not be read.\n",
        ),
        (
            ["dropped", "picture", "nothing"],
            2,
            "dropped: event 4: violation: number_missing: Number 3 is missing before 4.\n"
            "picture: unreadable: This is a PNG picture, not a recording.\n"
            "nothing: unreadable: There is no such file.\n",
            "3 checked: 0 conform, 1 do not, 2 could not be read.\n",
        ),
        (
            ["cut"],
            2,
            "cut: line 9: unreadable: The last line is cut off.\n"
            "cut: event 7: note: never_ended: The session never ended: it was last in "
            "plugin_pass.\n",
            "1 checked: 0 conform, 0 do not, 1 could not be read.\n",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_each_finding_is_a_line_and_the_worst_file_decides(files, code, printed, told):
    """Findings go to standard output, the sum to standard error, and the exit code tells all."""
    done = run(*files)
    assert (done.exit_code, done.stdout, done.stderr) == (code, printed, told)


@pytest.mark.usefixtures("folder")
def test_json_is_for_programs():
    """With --json, standard output has one object for each file, and the same exit code."""
    done = run("good", "dropped", "cut", "picture", "--json")
    good, dropped, cut, picture = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 2
    assert good == {
        "file": "good",
        "conforms": True,
        "events": 8,
        "error": None,
        "problems": [],
        "findings": [],
        "findings_left_out": 0,
    }
    assert dropped["conforms"] is False
    assert dropped["findings"] == [
        {
            "event": 4,
            "position": 2,
            "line": 4,
            "severity": "violation",
            "rule": "number_missing",
            "sentence": "Number 3 is missing before 4.",
        }
    ]
    offset = len(b"".join(LINES[:-1]))
    assert cut["problems"] == [
        {"line": 9, "offset": offset, "sentence": "The last line is cut off."}
    ]
    assert picture["error"] == "This is a PNG picture, not a recording."


@pytest.mark.usefixtures("folder")
def test_findings_are_annotations_on_github():
    """With --format github, each finding is a command that GitHub shows at the line it is about."""
    done = run("good", "dropped", "open", "cut", "picture", "--format", "github")
    assert done.exit_code == 2
    never = "Event 7: The session never ended: it was last in plugin_pass."
    assert done.stdout.splitlines() == [
        "::error file=dropped,line=4,title=number_missing::Event 4: Number 3 is missing before 4.",
        f"::notice file=open,line=8,title=never_ended::{never}",
        "::error file=cut,line=9,title=unreadable::The last line is cut off.",
        f"::notice file=cut,line=8,title=never_ended::{never}",
        "::error file=picture,title=unreadable::This is a PNG picture, not a recording.",
    ]


def test_no_name_ends_an_annotation(folder):
    """What has a meaning in such a command is written out in names of files and in sentences."""
    (folder / "a,b:100%.jsonl").write_bytes(LINES[0] + LINES[1].replace(b"pending", b"50%"))
    said = run("a,b:100%.jsonl", "--format", "github").stdout
    assert said.startswith("::error file=a%2Cb%3A100%25.jsonl,line=2,title=unknown_state::")
    assert "50%25 is not a state" in said


def test_very_many_findings_are_counted(folder):
    """Of each severity the first are told, so that a long recording fills no disk."""
    line = b'{"seq":%d,"at":"2026-01-31T12:00:00Z","state":"limbo%d","origin":"observed"}\n'
    count = check.MAX_FINDINGS + 5
    events = b"".join(line % (n, n) for n in range(1, count + 1))
    (folder / "long").write_bytes(LINES[0] + events)
    done = run("long", "--junit", "report.xml")
    lines = done.stdout.splitlines()
    assert len(lines) == check.MAX_FINDINGS + 2
    assert "never_ended" in lines[-2]
    assert lines[-1] == "long: 5 more findings are left out here."
    assert f'({count - 1:,} more violations)"' in (folder / "report.xml").read_text("utf-8")
    assert json.loads(run("long", "--json").stdout)["findings_left_out"] == 5


@pytest.mark.usefixtures("folder")
def test_what_a_recording_says_is_one_line_of_plain_text():
    """Whatever stands in a file, it makes no line of its own and moves no cursor."""
    printed = run("hostile").stdout
    assert all(line.startswith("hostile: event ") for line in printed.splitlines())
    assert "\x1b" not in printed
    assert "\\x1b[2J\\nviolation is not a state of this machine." in printed


def test_many_large_files_are_checked_in_parallel(folder, monkeypatch):
    """Files are reported in their order, whichever process has checked them."""
    monkeypatch.setattr(check, "PARALLEL_FROM", 1)
    names = ["good", "dropped", "cut", "picture", "open"] * 2
    results = list(check.check_files([folder / name for name in names]))
    assert [Path(result.file).name for result in results] == names
    assert [result.outcome for result in results] == [0, 1, 2, 2, 0] * 2
    alone = [check.check_file(folder / name) for name in names]
    assert [one._replace(seconds=0) for one in results] == [
        one._replace(seconds=0) for one in alone
    ]
    assert isinstance(results[2].problems[0], Problem)


@pytest.mark.usefixtures("folder")
def test_a_process_that_is_ended_is_told_of(folder, monkeypatch):
    """The system ends a process for lack of memory: that is one sentence, and no traceback."""
    monkeypatch.setattr(check, "PARALLEL_FROM", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    ends_at_once = shutil.which("hostname")
    there = ends_at_once if sys.platform == "win32" else os.fsencode(ends_at_once)
    if sys.platform != "win32":  # it is a process of that Python, too, which should go on
        resource_tracker.ensure_running()
    monkeypatch.setattr(spawn, "_python_exe", there)
    result = run("good", "good")
    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: {check.ENDED}\n")


def test_bad_use():
    """Without a file, or with a report that cannot be written, nothing is called good."""
    assert run().exit_code == 2
    done = run("good", "--junit", "nowhere/report.xml")
    assert done.exit_code == 2
    report = Path("nowhere/report.xml")
    assert f"{report} cannot be written: No such file or directory." in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="all its names are text")
def test_a_name_that_is_no_text_is_shown(tmp_path):
    """A file's name that is not UTF-8 is written out."""
    path = tmp_path / os.fsdecode(b"\xff.exlab.jsonl")
    path.write_bytes(GOOD)
    command = [sys.executable, "-m", "exlab_gui", "check", "--json", path]
    done = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(done.stdout)["file"].endswith("\\xff.exlab.jsonl")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such terminals")
@pytest.mark.usefixtures("folder")
def test_a_terminal_is_shown_how_far_it_has_come():
    """Progress goes to standard error, where that is a terminal."""
    import pty  # Windows has none

    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "exlab_gui", "check", "good", "good"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal) as process:
        os.close(terminal)
        shown = b""
        try:
            while data := os.read(ours, 1000):
                shown += data
        except OSError:  # the other end is closed
            pass
        assert process.stdout.read() == b""
    os.close(ours)
    assert b"100%" in shown
    assert process.returncode == 0


def test_no_qt_is_imported():
    """Checking loads no module of Qt."""
    code = (
        "import sys; from exlab_gui.cli import main\n"
        "try: main(['check', 'nothing'])\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "exlab_gui.commands.check" in done.stdout
    assert "PySide6" not in done.stdout
