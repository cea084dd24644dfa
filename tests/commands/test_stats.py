"""``stats`` answers questions about many sessions, as counting them one by one does."""

import csv
import io
import json
import os
import time
from collections import Counter
from datetime import timedelta
from itertools import permutations
from statistics import median, quantiles

import msgspec
import pytest
from click.testing import CliRunner
from msgspec import structs

from exlab_gui.cli import main
from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.core.protocol.form import EXAMPLES
from exlab_gui.core.trace import ENDING, Recording
from tests.helpers.lab import APART, FIRST, lab_recording, write_lab

COUNT = 40


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return a folder of recordings."""
    folder = tmp_path_factory.mktemp("lab")
    write_lab(folder, range(COUNT))
    return folder


@pytest.fixture(scope="module")
def sessions():
    """Return the summaries of the recordings."""
    recordings = map(lab_recording, range(COUNT))
    return [summarize(one.header, one.events) for one in recordings]


def run(*args):
    return CliRunner().invoke(main, ["stats", *map(str, args)])


def told(*args):
    done = run(*args, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def seconds(span):
    return span.middle.total_seconds()


def test_the_time_in_each_state(lab, sessions):
    """The rows by state have the percentiles of all finished visits."""
    rows = {row["name"]: row for row in told(lab, "--percentiles", "25,50,75")["rows"]}
    visits = [visit for one in sessions for visit in one.visits if visit.dwell]
    assert list(rows)[:4] == ["pending", "validating", "rendering", "plugin_pass"]
    for state, row in rows.items():
        dwell = [seconds(visit.dwell) for visit in visits if visit.visit.state == state]
        assert row["dwell"]["count"] == len(dwell)
        expected = quantiles(dwell, n=4, method="inclusive")
        assert [row["dwell"]["percentiles"][p] for p in ("25", "50", "75")] == pytest.approx(
            expected, abs=1e-5
        )
        assert row["dwell"]["most"] == max(dwell)


@pytest.mark.parametrize("by", ["plugin", "equipment", "code", "day"])
def test_failures_by_group(lab, sessions, by):
    """Each group has its sessions and those that failed."""
    groups = {
        "plugin": lambda one: one.plugins,
        "equipment": lambda one: [one.equipment],
        "code": lambda one: [one.error_code] if one.error_code else [],
        "day": lambda one: [f"{one.start.astimezone():%Y-%m-%d}"],
    }[by]
    rows = told(lab, "--by", by)["rows"]
    every = Counter(name for one in sessions for name in groups(one))
    failed = Counter(name for one in sessions if one.outcome == "failed" for name in groups(one))
    assert {row["name"]: row["sessions"] for row in rows} == every
    assert {row["name"]: row["failed"] for row in rows if row["failed"]} == failed


def test_the_time_to_answer_and_the_slowest(lab, sessions):
    """The answers are the finished visits that wait; the slowest sessions come first."""
    found = told(lab, "--slowest", 3)
    answers = [seconds(visit.dwell) for one in sessions for visit in one.visits if visit.waits]
    assert found["answers"]["percentiles"]["50"] == pytest.approx(median(answers), abs=1e-5)
    ended = sorted((one for one in sessions if one.outcome), key=lambda one: -seconds(one.lasted))
    assert [one["label"] for one in found["slowest"]] == [one.label for one in ended[:3]]
    assert found["lasted"]["most"] == seconds(ended[0].lasted)


def test_the_answers_of_a_plugin_are_those_to_its_questions(tmp_path):
    """What another plugin asked in the same session is not among them, also by several folders."""
    states = ["pending", "validating", "rendering", "plugin_pass"]
    events = [
        Event(n, FIRST + timedelta(seconds=n), state, Origin.OBSERVED)
        for n, state in enumerate(states)
    ]
    at = events[-1].at
    for plugin, waited in (("fast", 1), ("slow", 999)):
        asked = InputRequiredEnvelope(EXAMPLES[:1], "Which one?", plugin)
        events.append(Event(len(events), at, "input_required", Origin.OBSERVED, asked))
        at += timedelta(seconds=waited)
        events.append(Event(len(events), at, "plugin_pass", Origin.OBSERVED))
    lines = list(Recording(lab_recording(0).header, events).lines())
    for folder, kept in (("whole", lines), ("begin", lines[:6])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"session{ENDING}").write_bytes(b"".join(kept))
    for folders in ([tmp_path / "whole"], [tmp_path / "begin", tmp_path / "whole"]):
        rows = told(*folders, "--by", "plugin")["rows"]
        answers = {row["name"]: row["answers"] for row in rows}
        assert {name: (one["count"], one["most"]) for name, one in answers.items()} == {
            "fast": (1, 1),
            "slow": (1, 999),
        }
    assert told(tmp_path, "--by", "equipment")["rows"][0]["answers"]["count"] == 2


def test_sessions_that_are_done_but_flawed_are_counted(tmp_path):
    """A plugin that failed does not fail its session; the text and the JSON tell how many."""
    numbers = [n for n in range(20) if lab_recording(n).events[-1].state == "done"][:3]
    for number, status in zip(numbers, ("success", "failed", "timeout"), strict=True):
        recording = lab_recording(number)
        last = recording.events[-1]
        explained = Explained((AppliedPlugin("lims", status),))
        found = structs.replace(
            last, seq=last.seq + 1, envelope=None, cause=explained, mark=Mark.LATE
        )
        lines = Recording(recording.header, [*recording.events, found]).lines()
        (tmp_path / f"{number}{ENDING}").write_bytes(b"".join(lines))
    counted = told(tmp_path)
    assert (counted["outcomes"], counted["flawed"]) == ({"done": 3}, 2)
    (line,) = (one for one in run(tmp_path).stdout.splitlines() if "a plugin failed" in one)
    assert line.split()[-3:] == ["2", "66.7", "%"]


def test_only_some_sessions_are_counted(lab, sessions):
    """--since, --until and --search choose; words may be in any case."""
    half = FIRST + APART * (COUNT // 2)
    assert told(lab, "--since", half.isoformat())["sessions"] == COUNT // 2
    assert told(lab, "--until", half.isoformat())["sessions"] == COUNT // 2
    of = [one for one in sessions if one.equipment == "XRD_01" and "Yılmaz" in one.operator]
    assert told(lab, "--search", "xrd_01 YıLMAZ")["sessions"] == len(of)
    assert told(lab, "--search", "100%")["sessions"] == 0
    rows = told(lab, "--search", "XRD_01", "--by", "equipment")["rows"]
    assert [row["name"] for row in rows] == ["XRD_01"]
    assert run(lab, "--since", "1h").stdout == "There are no such sessions.\n"


def test_sessions_of_several_folders_count_once(lab, tmp_path):
    """A recording that is in two folders is one session."""
    write_lab(tmp_path, range(COUNT - 5, COUNT + 5))
    assert told(lab, tmp_path)["sessions"] == COUNT + 5
    assert told(lab, lab) == told(lab)


def test_a_session_in_several_folders_is_joined_in_any_order(tmp_path):
    """Each folder may have a part of it: the figures are those of the folder around them."""
    for number, (begin, end) in enumerate([(0, 5), (5, None), (0, 3)]):
        for folder, lines in ((f"a{number % 2}", slice(0, end)), ("b", slice(begin, None))):
            header, *events = lab_recording(number).lines()
            (tmp_path / folder).mkdir(exist_ok=True)
            path = tmp_path / folder / f"{number}{ENDING}"
            path.write_bytes(b"".join([header, *events[lines]]))
    folders = [tmp_path / name for name in ("a0", "a1", "b")]
    for by in ("state", "plugin"):
        options = ("--by", by, "--slowest", 3)
        expected = told(tmp_path, *options)
        assert expected["sessions"] == 3
        for order in permutations(folders):
            assert told(*order, *options) == expected
        assert told(folders[2], tmp_path, *options) == expected


def test_recordings_without_an_id_are_told_by_their_folders(tmp_path):
    """Two that have the same name in two folders are two sessions."""
    for number, name in enumerate("ab"):
        recording = lab_recording(number)
        header = msgspec.structs.replace(recording.header, session_id=None)
        (tmp_path / name).mkdir()
        lines = Recording(header, recording.events).lines()
        (tmp_path / name / f"same{ENDING}").write_bytes(b"".join(lines))
    every = told(tmp_path, "--slowest", 2)
    assert every["sessions"] == 2
    assert told(tmp_path / "b", tmp_path / "a", "--slowest", 2) == every
    assert told(tmp_path / "b", tmp_path, "--slowest", 2) == every


def test_the_table_is_for_people(lab, sessions):
    """Without an option it is text: the outcomes, the times, and a row for each state."""
    lines = run(lab, "--slowest", 2).stdout.splitlines()
    outcomes = Counter(one.outcome or "not ended" for one in sessions)
    assert lines[0].startswith(f"{COUNT} sessions on 2026-01-05")
    for outcome, count in outcomes.items():
        assert any(
            line.split()[-3:-2] == [str(count)] for line in lines if line.startswith(outcome)
        )
    assert any(line.startswith("to answer a plugin") for line in lines)
    assert {line.split(" ")[0] for line in lines} >= {"pending", "cache_write", "slowest"}


@pytest.mark.parametrize("by", ["state", "equipment", "plugin"])
def test_csv_is_for_programs(lab, by):
    """The rows are those of the JSON; a name that would be a formula is a text."""
    rows = list(csv.DictReader(io.StringIO(run(lab, "--csv", "--by", by).stdout)))
    told_rows = told(lab, "--by", by)["rows"]
    times = "dwell" if by == "state" else "lasted"
    assert [row[by] for row in rows] == [row["name"] for row in told_rows]
    for row, same in zip(rows, told_rows, strict=True):
        assert row[f"{times}_p90_ms"] == str(round(same[times]["percentiles"]["90"] * 1000))


@pytest.mark.parametrize("by", ["state", "equipment", "plugin", "code", "day"])
def test_no_number_of_the_csv_has_a_fraction(lab, by):
    """A German spreadsheet takes 1.234 for a thousand; the unit is in the column's name."""
    heads, *lines = csv.reader(io.StringIO(run(lab, "--csv", "--by", by).stdout))
    assert not [head for head in heads if head.endswith("_s")]
    assert all(cell == "" or cell.isdecimal() for line in lines for cell in line[1:])


def test_what_cannot_be_read_is_told(lab, tmp_path):
    """The others are counted; the exit code says that something is missing."""
    write_lab(tmp_path, range(3))
    (tmp_path / f"bad{ENDING}").write_bytes(b"\x89PNG")
    done = run(tmp_path)
    assert (done.exit_code, done.stdout.split("\n")[0]) == (2, "3 sessions on 2026-01-05")
    assert done.stderr.endswith(f"bad{ENDING}: This is a PNG picture, not a recording.\n")


def test_a_time_that_windows_cannot_convert(tmp_path):
    """Its local times end in the year 3000; a wrong clock of a microscope knows no such end."""
    write_lab(tmp_path, range(1))
    (path,) = tmp_path.rglob(f"*{ENDING}")
    path.write_bytes(path.read_bytes().replace(b"2026-", b"3500-"))
    done = run(tmp_path, "--since", "3400-01-01")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("1 session on 3500-01-0")


def test_bad_input_is_refused_in_a_sentence(lab, tmp_path):
    """It says what is wrong, and where."""
    file = tmp_path / "file"
    file.write_bytes(b"")
    for arguments, said in (
        ([tmp_path / "nowhere"], "nowhere: No such file or directory."),
        ([file], "file: Not a directory."),
        ([lab, "--since", "soon"], '"soon" is no time'),
        ([lab, "--since", "999999w"], "is no time"),
        ([lab, "--since", "0001-01-01"], "times are from 1970-01-02 to 9000-01-01"),
        ([lab, "--percentiles", "50,101"], "no list of numbers from 0 to 100"),
        ([lab, "--percentiles", "nan"], "no list of numbers from 0 to 100"),
        ([lab, "--by", "moon"], "moon"),
        ([lab, "--slowest", "3", "--csv"], "--slowest is not for --csv"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert said in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the folders of the user are elsewhere")
def test_without_a_folder_it_is_the_archive(tmp_path, monkeypatch):
    """If nothing was recorded yet, there are no sessions; nothing is made for that."""
    for variable in ("EXLAB_ARCHIVE", "EXLAB_ARCHIVE_INDEX"):
        monkeypatch.delenv(variable)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run().stdout == "There are no such sessions.\n"
    assert not (tmp_path / "data").exists()
    write_lab(tmp_path / "data" / "exlab-gui" / "archive", range(4))
    assert told()["sessions"] == told()["sessions"] == 4
    assert [path.name for path in (tmp_path / "data" / "exlab-gui").iterdir()] == ["archive"]
    assert list((tmp_path / "cache").rglob("*.sqlite"))


def test_an_archive_that_is_gone_is_told(tmp_path, monkeypatch):
    """As with a drive that is not there: it had sessions, and is not just new."""
    archive = tmp_path / "archive"
    monkeypatch.setenv("EXLAB_ARCHIVE", str(archive))
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))
    assert run().stdout == "There are no such sessions.\n"
    write_lab(archive, range(4))
    assert told()["sessions"] == 4
    archive.rename(tmp_path / "moved")
    done = run()
    assert done.exit_code == 2
    assert done.stderr == f"Error: The folder of the archive, {archive}, is not there.\n"


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_without_a_place_for_the_index_the_archive_is_counted(tmp_path, monkeypatch, name):
    """If the caches cannot be written, all recordings are read each time."""
    (tmp_path / "file").write_bytes(b"")
    write_lab(tmp_path / "archive", range(4))
    monkeypatch.setenv("EXLAB_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / name))
    assert told()["sessions"] == 4


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be changed")
def test_a_day_is_found_in_another_time_zone(tmp_path, monkeypatch):
    """The index was made in UTC; the day that is looked for is one of the place where one is."""
    write_lab(tmp_path / "archive", range(1))
    monkeypatch.setenv("EXLAB_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))
    try:
        for zone, day in (("UTC", 5), ("UTC-20", 6), ("UTC", 5)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            counts = [told("--search", f"2026-01-0{one}")["sessions"] for one in (5, 6)]
            assert counts == [day == 5, day == 6]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be changed")
def test_days_are_those_of_this_computer(lab, monkeypatch):
    """A session late in the evening in UTC is one of the next day in the east."""
    monkeypatch.setenv("TZ", "UTC-20")
    time.tzset()
    try:
        assert [row["name"] for row in told(lab, "--by", "day")["rows"]] == ["2026-01-06"]
    finally:
        monkeypatch.undo()
        time.tzset()
