"""Recordings: what it costs to open, to check, to keep and to write a long one."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import TraceWriter
from exlab_gui.core.trace.line import encode_event
from exlab_gui.export.recording import save
from exlab_gui.window.monitor_window import MonitorWindow
from tests.benchmarks import recording_memory
from tests.benchmarks.conftest import Comparison, Row
from tests.benchmarks.long_recording import long_recording

EVENTS = 1_000_000
DECODING = "msgspec, the same lines into the same structs"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the file of a long recording."""
    path = tmp_path_factory.mktemp("recordings") / "long.exlab.jsonl"
    save(path, long_recording(EVENTS))
    yield path
    path.unlink()


@pytest.fixture
def lines(path: Path) -> bytes:
    """Return the lines of the recording's events."""
    return path.read_bytes().partition(b"\n")[2]


def decode(lines: bytes) -> None:
    """Decode `lines`, and keep them all until the last."""
    assert len(msgspec.json.Decoder(Event).decode_lines(lines)) == EVENTS


def shown(window: MonitorWindow, path: Path) -> None:
    """Open the recording in the window, and return once its log is painted."""
    window.recordings.open(path)
    while window.session.count < EVENTS:
        QApplication.processEvents()
    QApplication.processEvents()


def test_opening(compare: Comparison, window: MonitorWindow, path: Path, lines: bytes) -> None:
    """From the file to the checked log on the screen it takes little more than to decode it."""

    def forget() -> None:
        if window.sessions.rowCount() > 1:
            window.session_actions.close()

    compare(
        f"open a recording of {EVENTS:,} events, to checked and painted",
        lambda: shown(window, path),
        DECODING,
        lambda: decode(lines),
        target="at most 3 ×",
        rounds=7,
        prepare=forget,
    )


@pytest.mark.parametrize("place", [0.0, 0.5, 1.0], ids=["beginning", "middle", "end"])
def test_scrubbing(compare: Comparison, window: MonitorWindow, path: Path, place: float) -> None:
    """Any moment is shown as fast as any other, and not much slower than the window repaints."""
    shown(window, path)
    positions = itertools.count(max(int(place * (EVENTS - 2_000)), 1), 7)

    def scrub() -> None:
        window.history.go_to(next(positions))
        QApplication.processEvents()

    def repaint() -> None:
        window.panes.update()
        for part in window.panes.findChildren(QWidget):
            part.update()
        QApplication.processEvents()

    compare(
        f"scrub to a moment at {place:.0%} of {EVENTS:,} events, to painted",
        scrub,
        "a repaint of the window",
        repaint,
        target="at most 3 ×",
        rounds=60,
    )


def test_checking(compare: Comparison, path: Path, lines: bytes) -> None:
    """The command that checks a recording takes, from start to end, little more than to decode."""
    command = [sys.executable, "-m", "exlab_gui", "check", str(path)]
    compare(
        "exlab-gui check of it, whole process",
        lambda: subprocess.run(command, check=True, capture_output=True),
        DECODING,
        lambda: decode(lines),
        target="at most 2 ×",
        rounds=7,
    )


def test_memory(table: list[Row], path: Path) -> None:
    """An open recording takes little more memory than its file has bytes."""
    command = [sys.executable, str(Path(recording_memory.__file__)), str(path)]
    done = subprocess.run(command, check=True, capture_output=True)
    shown_count = f"{int(done.stdout) / path.stat().st_size:.2f} ×"
    what = f"memory with it open, {EVENTS:,} events"
    table.append(Row(what, "the file's size", "at most 2 ×", shown_count))


def test_recording(compare: Comparison, tmp_path: Path) -> None:
    """To record an event costs little more than to write and flush its bytes."""
    recording = long_recording(1000)
    lines = [encode_event(event) for event in recording.events]
    with (
        TraceWriter(tmp_path / "kept", recording.header) as writer,
        (tmp_path / "written").open("wb") as file,
    ):

        def kept() -> None:
            for event in recording.events:
                writer.append(event)

        def written() -> None:
            for line in lines:
                file.write(line)
                file.flush()

        compare(
            "record 1,000 events, each appended and flushed",
            kept,
            "file.write and flush of the same bytes",
            written,
            target="at most 2 ×",
            rounds=200,
        )
