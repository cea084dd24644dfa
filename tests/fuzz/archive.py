"""Recordings of any bytes in an archive: its index and its figures hold, whatever befalls files."""

import csv
import io
import json
import tempfile
from pathlib import Path

import msgspec

from exlab_gui.archive.charts.failures import failures
from exlab_gui.archive.charts.sessions import sessions_over_time
from exlab_gui.archive.charts.state_times import state_times
from exlab_gui.archive.figures import BYS, figures
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.path_times import found_times
from exlab_gui.archive.search import Query
from exlab_gui.commands.shared.statistics import to_csv, to_text
from exlab_gui.core.progress import no_progress
from exlab_gui.core.trace import ENDING
from exlab_gui.export.csv_file import write_csv
from tests.fuzz.recordings import mutated
from tests.helpers.lab import lab_recording
from tests.helpers.mutations import SPLICES
from tests.helpers.mutations import seeds as short_recordings

MAX_BYTES = 8_192
PLACES = 4
"""So many files are in the archive; each input replaces one of them."""

COMPARE_EVERY = 10

__all__ = ["MAX_BYTES", "mutated", "one", "seeds", "splices"]

splices = SPLICES

_folder = Path(tempfile.mkdtemp(prefix="exlab-fuzz-archive-"))
_index = ArchiveIndex(_folder, _folder / ".index" / "kept")
_count = 0


def one(data: bytes) -> str:
    """Hold what has to hold for an archive that gets a file of these bytes."""
    global _count
    _count += 1
    path = _folder / f"{_count % PLACES}{ENDING}"
    path.write_bytes(data)
    assert _index.update().read == 1 or _count > 1
    with _index.reading() as db:
        fault, known = db.execute(
            "SELECT fault, key IS NOT NULL FROM files WHERE path = ?", (path.name.encode(),)
        ).fetchone()
    assert fault.isprintable()
    if _count % COMPARE_EVERY == 0:
        _assert_as_made_anew()
        _assert_figures()
    return "unreadable" if fault else ("indexed" if known else "empty")


def seeds() -> list[bytes]:
    return [*short_recordings(), *(b"".join(lab_recording(n).lines()) for n in range(6))]


def _assert_as_made_anew() -> None:
    with tempfile.TemporaryDirectory(prefix="exlab-fuzz-anew-") as place:
        anew = ArchiveIndex(_folder, Path(place) / "anew")
        anew.update()
        assert content(_index) == content(anew)


def content(index: ArchiveIndex) -> list[list[tuple[object, ...]]]:
    """Return all that an index says, but for the numbers of its sessions."""
    of = "JOIN sessions ON session = id"
    queries = (
        f"SELECT key, files, text, lasted, waiting, problems FROM found {of}",
        f"SELECT key, place, visits.state, known, dwell, least, most, plugin FROM visits {of}",
        f"SELECT key, plugin, failed FROM plugins {of}",
        "SELECT path, size, key, fault FROM files",
    )
    with index.reading() as db:
        return [sorted(db.execute(query), key=repr) for query in queries]


def _assert_figures() -> None:
    for by in BYS:
        told = figures([_index], Query(), by, (0, 50, 99.9, 100), 3)
        said = json.loads(msgspec.json.encode(told, enc_hook=str))
        assert said["sessions"] == told.sessions
        assert sum(told.outcomes.values()) == told.sessions
        assert to_text(told).replace("\n", "").isprintable()
        rows = list(csv.reader(io.StringIO(to_csv(told))))
        assert {len(row) for row in rows} == {len(rows[0])}
    found_times(_index, Query())
    for chart in (sessions_over_time, state_times, failures):
        table = chart(_index, Query(), no_progress).table
        file = io.BytesIO()
        write_csv(table.lines(), file)
        rows = list(csv.reader(io.StringIO(file.getvalue().decode())))
        assert {len(row) for row in rows} == {len(table.columns)}
