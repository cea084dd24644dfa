"""``coverage`` counts what recordings of one machine took."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.analysis.tour import tour
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.machine_data import MachineData
from exlab_gui.core.trace import Recording
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT, file_bytes, recording


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    """Work in a folder with recordings of every sort."""
    monkeypatch.chdir(tmp_path)
    machine = MachineData("pending", {"pending": ("done",), "done": ()}, {})
    other = Recording(msgspec.structs.replace(SHORT.header, machine=machine), SHORT.events)
    files = {"short": file_bytes(SHORT), "cut": file_bytes(SHORT)[:-20], "other": file_bytes(other)}
    for name, data in (files | {"picture": b"\x89PNG\r\n\x1a\n\x00"}).items():
        Path(name).write_bytes(data)


def run(*args):
    return CliRunner().invoke(main, ["coverage", *map(str, args)])


def test_recordings_are_counted_together():
    """The table says how often, and never; the last line sums up."""
    done = run("short", "short")
    rows = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines() if line)
    assert (done.exit_code, done.stderr) == (0, "")
    assert rows["rendering"] == rows["plugin_pass → failed"] == "2"
    assert rows["done"] == rows["sync_queued → done"] == "never"
    total = "2 sessions: 5 of 11 states (45.5 %), 4 of 25 transitions (16.0 %)."
    assert done.stdout.endswith(f"\n{total}\n")


def test_json_is_for_programs():
    """With --json, there is one object with every count and the machine."""
    (line,) = run("short", "--json").stdout.splitlines()
    told = json.loads(line)
    assert told["sessions"] == 1
    assert told["states"]["rendering"] == 1
    assert {"from": "plugin_pass", "to": "failed", "times": 1} in told["transitions"]
    assert told["transition_share"] == 4 / 25
    assert list(told["machine"]["table"]) == list(CREATION_MACHINE.states)


@pytest.mark.parametrize(("percent", "code"), [("0", 0), ("16", 0), ("16.5", 1), ("100", 1)])
def test_too_little_is_an_exit_code(percent, code):
    """Both shares have to reach what --fail-under wants."""
    assert run("short", "--fail-under", percent).exit_code == code


def test_a_tour_is_enough_for_any_demand():
    """Everything taken is 100 %."""
    histories = tour(CREATION_MACHINE)
    for number, visits in enumerate(histories):
        Path(f"tour{number}").write_bytes(file_bytes(recording(*visits[1:])))
    done = run(*(f"tour{number}" for number in range(len(histories))), "--fail-under", 100)
    assert done.exit_code == 0
    assert "never" not in done.stdout


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["short", "other"], "other: Its state machine is another one than that of short.\n"),
        (["short", "picture"], "picture: This is a PNG picture, not a recording.\n"),
        (["nothing", "short"], "nothing: There is no such file.\n"),
    ],
)
def test_what_cannot_be_counted_is_told(files, told):
    """The rest is counted, but the exit code says that it is not all."""
    done = run(*files, "--fail-under", 100)
    assert (done.exit_code, done.stderr) == (2, told)
    assert done.stdout == run("short").stdout


def test_what_can_be_read_of_a_file_is_counted():
    """A recording that is cut off counts up to there."""
    done = run("cut")
    assert (done.exit_code, done.stderr) == (2, "cut: line 9: The last line is cut off.\n")
    assert "1 session: 4 of 11 states" in done.stdout


def test_without_a_recording_there_is_no_table():
    """Nothing is printed for programs where nothing could be read."""
    done = run("picture", "--json")
    assert (done.exit_code, done.stdout) == (2, "")


def test_a_share_beyond_all_is_refused():
    """Nobody can reach more than 100 %."""
    assert run("short", "--fail-under", "101").exit_code == 2


def test_coverage_of_tests_is_merged():
    """Files of JSON are merged with recordings; each machine is counted apart."""
    for name in "short", "other":
        Path(f"{name}.json").write_text(run(name, "--json").stdout)
    done = run("short", "short.json", "other.json", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (done.exit_code, first["sessions"], second["sessions"]) == (0, 2, 1)
    assert list(second["machine"]["table"]) == ["pending", "done"]
    assert run("short", "other.json").stdout.count(" session: ") == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[]", "This is no coverage: it must be an object, not a list.\n"),
        ("{", "This is no coverage: it is cut off.\n"),
        (
            '{"sessions":1,"states":{},"transitions":[]}',
            'This is no coverage: "machine" is missing',
        ),
    ],
)
def test_what_is_no_coverage_is_told(content, told):
    """The rest is counted."""
    Path("odd.json").write_text(content)
    done = run("odd.json", "short")
    assert (done.exit_code, done.stdout) == (2, run("short").stdout)
    assert done.stderr.startswith(f"odd.json: {told}")


@pytest.mark.parametrize("content", ["", "\n \n"])
@pytest.mark.parametrize("more", [[], ["--json"], ["--fail-under", "50"], ["-o", "out.json"]])
def test_a_file_without_coverage_is_no_success(content, more):
    """Nothing was counted, so that no demand is met."""
    Path("tests.json").write_text(content, "utf-8")
    done = run("tests.json", *more)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "There is nothing to count in these files.\n"


def test_a_page_is_written():
    """A page has the diagram; what has another ending is refused before anything is read."""
    assert run("short", "-o", "page.html").exit_code == 0
    assert "<svg" in Path("page.html").read_text("utf-8")
    done = run("short", "-o", "page.txt")
    assert (done.exit_code, "the format has to be one of .json, .html, .htm" in done.output) == (
        2,
        True,
    )


def test_a_session_that_went_on_in_another_recording_counts_once(tmp_path):
    """If recording was stopped and started again, no state and no transition counts twice."""
    header = msgspec.structs.replace(SHORT.header, session_id="abc")
    begun, *rest = SHORT.events
    parts = [begun, rest[0]], [msgspec.structs.replace(one, seq=n) for n, one in enumerate(rest, 1)]
    for name, events in zip(("abc", "abc-2", "other"), (*parts, SHORT.events), strict=True):
        of = header if name != "other" else SHORT.header
        if name == "abc-2":  # another computer has another address for the server
            of = msgspec.structs.replace(header, source="http://10.0.0.4:8321")
        save(tmp_path / f"{name}.exlab.jsonl", Recording(of, events))
    done = CliRunner().invoke(main, ["coverage", str(tmp_path), "--json"])
    counted = json.loads(done.stdout)
    assert counted["sessions"] == 2
    assert counted["states"]["validating"] == 2
    assert {one["times"] for one in counted["transitions"]} == {0, 2}
