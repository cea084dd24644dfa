"""Many sessions become tables, in which nothing is made up."""

import csv
import io
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from exlab_gui.core.protocol.envelopes import WarningEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.trace import ENDING, Recording
from exlab_gui.export.batch.formats import FORMATS
from exlab_gui.export.batch.sessions import Sessions
from exlab_gui.export.batch.tables import SESSIONS, VISITS
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT

START = datetime(2026, 3, 17, 9, 30, 0, 125_000, tzinfo=UTC)
FORMULA = "=1+5"


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def recorded(folder: Path, name: str, *events: Event, **header: object) -> Path:
    path = folder / f"{name}{ENDING}"
    save(path, Recording(msgspec.structs.replace(SHORT.header, label=name, **header), events))
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """Return a recording in which the beginning of a visit, and what led to the end, is unknown."""
    return recorded(
        tmp_path,
        "doubtful",
        Event(1, at(0), "pending", Origin.OBSERVED),
        Event(2, at(1), "validating", Origin.INFERRED, earliest=at(0)),
        Event(3, at(4.0005), "done", Origin.OBSERVED, earliest=at(3), mark=Mark.GAP),
        session_id="abc",
        request={"operator": FORMULA, "equipment_id": "CONFOCAL_01"},
    )


def written(name: str, *paths: Path, table: str | None = None, redacted: bool = False) -> bytes:
    form = FORMATS[name]
    write = form.write if table is None else form.tables[table]
    assert write
    file = io.BytesIO()
    write(Sessions(paths, redacted=redacted), file)
    return file.getvalue()


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_visit_is_a_row_with_what_is_known_of_it(doubtful: Path) -> None:
    """Times and durations are ranges; what did not end has no end."""
    rows = rows_of(written("csv", doubtful, table="visits"))
    told = [
        (row["state"], row["known"], row["dwell_least_ms"], row["dwell_most_ms"]) for row in rows
    ]
    assert told == [
        ("pending", "observed", "0", "1000"),
        ("validating", "inferred", "2000", "4000"),
        ("done", "unobserved", "", ""),
    ]
    assert (rows[1]["start_earliest"], rows[1]["start"]) == (
        "2026-03-17T09:30:00.125000",
        "2026-03-17T09:30:01.125000",
    )
    assert [row["number"] for row in rows] == ["1", "2", "3"]


def test_a_session_is_a_row(doubtful: Path) -> None:
    """Its columns are those of the documents; a text that begins a formula is marked."""
    (row,) = rows_of(written("csv", doubtful, table="sessions"))
    assert [*row] == [column.name for column in SESSIONS.columns]
    assert (row["session"], row["outcome"], row["operator"]) == ("abc", "done", f"'{FORMULA}")
    assert (row["lasted_least_ms"], row["lasted_most_ms"]) == ("3000", "4000")


def test_the_parts_of_a_session_are_one(tmp_path: Path) -> None:
    """A session that was recorded in two files is a row, with the visits of both.

    So is one that two computers recorded, each of which has an address of its own for the server.
    """
    opened = Event(1, at(0), "pending", Origin.OBSERVED)
    first = recorded(tmp_path, "one", opened, session_id="abc")
    later = [
        Event(1, at(5), "validating", Origin.OBSERVED, earliest=at(1)),
        Event(2, at(9), "failed", Origin.OBSERVED),
    ]
    second = recorded(tmp_path, "two", *later, session_id="abc", source="http://10.0.0.4:8321")
    nameless = [recorded(tmp_path, name, opened) for name in ("three", "four")]
    paths = [first, second, *nameless]
    rows = rows_of(written("csv", *paths, table="sessions"))
    assert [row["visits"] for row in rows] == ["3", "1", "1"]
    trace, *_ = ElementTree.fromstring(written("xes", *paths)).iter(
        "{http://www.xes-standard.org/}trace"
    )
    names = [one.get("value") for one in trace.iter() if one.get("key") == "concept:name"]
    assert names == ["abc", "pending", "pending", "validating", "validating", "failed", "failed"]


def test_every_event_names_its_session(tmp_path: Path, doubtful: Path) -> None:
    """In a file of many sessions, CSV and JSON Lines tell which one an event is of."""
    other = recorded(tmp_path, "other", *SHORT.events)
    rows = rows_of(written("csv", doubtful, other))
    assert [row["Session"] for row in rows] == 3 * ["abc"] + 8 * ["other"]
    lines = written("jsonl", doubtful, other).splitlines()
    assert [msgspec.json.decode(line)["session"] for line in lines] == 3 * ["abc"] + 8 * ["other"]


def test_a_redacted_word_is_the_same_in_all_sessions(tmp_path: Path) -> None:
    """Two sessions of an operator show that, and not the name; not even where it comes first."""
    said = Event(1, START, "pending", Origin.OBSERVED, WarningEnvelope("p", "Ask Ada Lovelace."))
    first = recorded(tmp_path, "one", said, request={"operator": "Mary"})
    second = recorded(tmp_path, "two", said, request={"operator": "Ada Lovelace"})
    third = recorded(tmp_path, "three", said, request={"operator": "Mary"})
    paths = first, second, third
    rows = rows_of(written("csv", *paths, table="sessions", redacted=True))
    assert [row["operator"] for row in rows] == ["[operator 1]", "[operator 2]", "[operator 1]"]
    assert b"Lovelace" not in written("jsonl", *paths, redacted=True)


def test_what_cannot_be_read_is_told(tmp_path: Path, doubtful: Path) -> None:
    """The other sessions are written, however often they are read."""
    bad = tmp_path / "bad"
    bad.write_bytes(b"PK\x03\x04")
    told: list[tuple[int, int]] = []
    sessions = Sessions([bad, doubtful], progress=lambda *done: told.append(done))
    for _ in range(2):
        assert len(sessions.summaries()) == sessions.count == 1
        assert sessions.problems == [f"{bad}: This is a ZIP archive, not a recording."]
    assert told[0] == (0, told[-1][1])
    assert told[-1][0] == told[-1][1] == 4 + doubtful.stat().st_size


def test_a_workbook_has_three_sheets_and_no_formula(doubtful: Path) -> None:
    """Sessions, visits and events have a sheet each; a text stays one, whatever it begins with."""
    pytest.importorskip("xlsxwriter")
    book = zipfile.ZipFile(io.BytesIO(written("xlsx", doubtful)))
    names = ElementTree.fromstring(book.read("xl/workbook.xml"))
    assert [one.get("name") for one in names.iter() if one.tag.endswith("}sheet")] == [
        *("sessions", "visits", "events")
    ]
    sheets = [ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in (1, 2, 3)]
    assert not [one for sheet in sheets for one in sheet.iter() if one.tag.endswith("}f")]
    texts = [one.text for one in sheets[0].iter() if one.tag.endswith("}t")]
    assert FORMULA in texts
    # The days since 1899-12-30: a real time, whatever the language.
    numbers = [float(one.text or 0) for one in sheets[2].iter() if one.tag.endswith("}v")]
    days = (START.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    assert min(abs(number - days) for number in numbers) < 1e-8


def test_a_long_log_is_cut_in_a_workbook(doubtful: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that is full says how many rows it lacks."""
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr("exlab_gui.export.batch.workbook.MAX_ROWS", 2)
    book = zipfile.ZipFile(io.BytesIO(written("xlsx", doubtful)))
    assert b"1 more rows have no room" in book.read("xl/worksheets/sheet3.xml")


def test_parquet_has_types(doubtful: Path) -> None:
    """A time is a time, a duration a number that is exact, and what is unknown is null."""
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(written("parquet", doubtful, table="visits")))
    assert table.column_names == [column.name for column in VISITS.columns]
    rows = table.to_pylist()
    assert rows[1]["start"] == at(1)
    assert [row["dwell_most_ms"] for row in rows] == [1000.0, 4000.5, None]
    assert [row["waits"] for row in rows] == [False, False, False]


def test_a_workbook_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, doubtful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was begun is removed, also the files in which rows wait."""
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    class EnoughError(Exception):
        pass

    def stop(*_: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        FORMATS["xlsx"].write(Sessions([doubtful], progress=stop), io.BytesIO())  # type: ignore[misc]
    assert list(tmp_path.iterdir()) == [doubtful]
