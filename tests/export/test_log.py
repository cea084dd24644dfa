"""The log as a file: exact for programs, as it is shown for spreadsheets."""

import csv
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.protocol.envelopes import DoneEnvelope, ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Event, Mark, Origin, Resumed
from exlab_gui.core.text.describe import describe, reservation
from exlab_gui.core.text.sanitize import as_cell
from exlab_gui.core.trace import Recording
from exlab_gui.export.exporter import write
from exlab_gui.export.log import EXPORTER
from tests.core.trace.kept import SHORT
from tests.helpers import spec
from tests.helpers.logs import kind as kind_of
from tests.helpers.strategies import START, envelopes, json_values, session_histories


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


def export(events, path):
    write(path, EXPORTER.formats, Recording(SHORT.header, events))


def read_csv(path):
    """Return the rows as the csv module reads them, the line of the columns first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def by_title(path):
    """Return the rows of a CSV, their cells by the titles of the columns."""
    titles, *rows = read_csv(path)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def many(count):
    envelope = ProgressEnvelope("running_plugins", 1, 2)
    return [Event(n + 1, START, "plugin_pass", Origin.OBSERVED, envelope) for n in range(count)]


ANSWERS = st.dictionaries(st.text(), json_values(), max_size=2)
CAUSES = (
    st.none()
    | st.builds(Resumed, ANSWERS)
    | st.builds(Cancelled, st.booleans())
    | st.builds(Abandoned, st.floats(3_600, 1e9))
)
EVENTS = st.builds(
    Event,
    st.integers(1, 2**40),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(spec.STATES) | st.text(),
    st.sampled_from(Origin),
    st.none() | envelopes(),
    CAUSES,
)


@given(st.lists(EVENTS, max_size=5))
def test_json_lines_hold_the_events_themselves(folder, events):
    """Each line is one event, and reads back as the same one, whatever it holds."""
    path = folder / "log.jsonl"
    export(events, path)
    lines = path.read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=Event) for line in lines] == events
    assert {msgspec.json.decode(line)["session"] for line in lines} <= {SHORT.header.label}


def test_the_times_of_a_column_have_one_form(folder):
    """A time on the second has a fraction, too: some programs read all with one, or all without."""
    path = folder / "second.jsonl"
    whole = Event(1, START.replace(microsecond=0), "pending", Origin.OBSERVED)
    export([whole], path)
    assert b'"at":"2026-01-31T12:00:00.000000Z"' in path.read_bytes()


def test_csv_tells_what_was_not_observed(folder):
    """Each row has how its event is known, and by how much it may have been earlier."""
    path = folder / "doubt.csv"
    doubted = Event(
        2,
        START,
        "validating",
        Origin.INFERRED,
        earliest=START - timedelta(seconds=1.875),
        mark=Mark.GAP,
    )
    export([Event(1, START, "pending", Origin.OBSERVED), doubted], path)
    told = [tuple(row.values())[-3:] for row in by_title(path)]
    assert told == [("observed", "", ""), ("inferred", "1875", "gap")]


def test_json_lines_are_those_of_a_recording(folder):
    """A message of an unknown kind stands in its line as it came, as in a recording."""
    message = b'{"kind":"lims_hint", "x":[1,{"y":"z"}]}'
    path = folder / "unknown.jsonl"
    export([Event(1, START, "pending", Origin.OBSERVED, None, None, message)], path)
    assert message.replace(b" ", b"") in path.read_bytes().replace(b" ", b"")
    assert b"wire" not in path.read_bytes()


@given(session_histories())
def test_csv_holds_what_the_log_shows(folder, history):
    """Each row has the number, the time, that since the event before, and what the log shows."""
    path = folder / "log.csv"
    export(history, path)
    header, *rows = read_csv(path)
    assert header == [
        *("Session", "#", "Time (UTC)", "µs", "Δ (ms)", "State", "Kind", "Phase", "Detail"),
        *("Origin", "Earlier by up to (ms)", "Mark"),
    ]
    assert len(rows) == len(history)
    for row, event in zip(rows, history, strict=True):
        session, number, time, microseconds, _, state, kind, phase, *_ = row
        assert session == SHORT.header.label
        assert int(number) == event.seq
        # As spreadsheets read it in any language, in the zone that the column is named after.
        at = datetime.strptime(time, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
        assert at + timedelta(microseconds=int(microseconds)) == event.at
        bears = getattr(event.envelope, "phase", None) or spec.PHASES[event.state] or ""
        assert (state, kind, phase) == (event.state, kind_of(event), bears)
    assert rows[0][4] == ""
    for (before, event), row in zip(pairwise(history), rows[1:], strict=True):
        assert int(row[4]) == round((event.at - before.at) / timedelta(milliseconds=1))
        told = "  ".join(filter(None, (describe(event, before.state), reservation(event))))
        assert row[8] == as_cell(told)


@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_any_text_keeps_to_its_cell(folder, events):
    """Whatever comes from outside, a CSV has a row for each event, with all of its columns."""
    path = folder / "any.csv"
    export(events, path)
    assert [len(row) for row in read_csv(path)] == [12] * (len(events) + 1)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_text_is_a_formula(folder, text):
    """A text from outside that a spreadsheet would take for a formula is marked as text."""
    path = folder / "formula.csv"
    warning = Event(1, START, text, Origin.OBSERVED, WarningEnvelope("p", text))
    export([warning], path)
    (row,) = by_title(path)
    assert (row["State"], row["Detail"]) == (f"'{text}", f"'{text}")


@given(EVENTS)
def test_no_cell_of_a_text_begins_a_formula(folder, event):
    """In no event is there a text that begins as a formula does."""
    path = folder / "formulas.csv"
    export([event], path)
    _, row = read_csv(path)
    for cell in row[5:]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


FORMULA = "@SUM(1+9)*cmd|' /C calc'!A0"


def test_every_column_of_text_is_neutralised(folder):
    """A formula is text as a state, as its phase in the machine, as a kind and as a message."""
    machine = msgspec.structs.replace(
        SHORT.header.machine,
        table={**SHORT.header.machine.table, FORMULA: ()},
        phases={**SHORT.header.machine.phases, FORMULA: "=1+5"},
    )
    message = msgspec.json.encode({"kind": FORMULA, "x": 1})
    events = [
        Event(1, START, FORMULA, Origin.OBSERVED, None, None, message),
        Event(2, START, FORMULA, Origin.OBSERVED, WarningEnvelope(FORMULA, "a;=1+1;b")),
        Event(-3, START, "pending", Origin.OBSERVED, WarningEnvelope("-2", "\uff1d1+1")),
    ]
    path = folder / "columns.csv"
    header = msgspec.structs.replace(SHORT.header, machine=machine)
    write(path, EXPORTER.formats, Recording(header, events))
    _, *rows = read_csv(path)
    assert rows[0][5:8] == [f"'{FORMULA}", "problem", "'=1+5"]
    # A program that parts cells by ";" would find the formula within the message.
    assert rows[1][5:9] == [f"'{FORMULA}", "warning", f"'{FORMULA}", "a;'=1+1;b"]
    assert rows[2][1] == "-3"  # a number, not a text
    assert rows[2][7:9] == ["'-2", "'\uff1d1+1"]


def test_a_spreadsheet_takes_it_for_utf_8(folder):
    """A CSV begins with the mark by which spreadsheets know its encoding."""
    path = folder / "mark.csv"
    export(many(1), path)
    assert path.read_bytes().startswith("\ufeffSession,#,Time (UTC),µs,Δ (ms),".encode())


def test_a_done_session_is_told_by_its_folder(folder):
    """The detail of a done session is what the log shows of its result."""
    path = folder / "done.csv"
    done = DoneEnvelope({"path": "A/B", "sync_status": "queued", "blocked": True})
    export([Event(1, START, "done", Origin.SIMULATED, done)], path)
    assert by_title(path)[0]["Detail"] == "A/B · sync queued · blocked"
