"""Recordings: what it costs to open, to check, to keep and to write a long one."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from exlab_gui.core.conformance import check
from exlab_gui.core.events import Event
from exlab_gui.core.trace import TraceWriter, load, save
from exlab_gui.core.trace.line import encode_event
from exlab_gui.core.walk import Walk
from tests.benchmarks import recording_memory
from tests.benchmarks.conftest import Ratios
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


def test_opening(ratios: Ratios, path: Path, lines: bytes) -> None:
    """To open a recording, check it and follow its way costs little more than to decode it."""

    def opened() -> None:
        recording = load(path)
        Walk(recording.machine, recording.events)
        assert check(recording.machine, recording.events) == []

    ratios.compare(
        f"open a recording of {EVENTS:,} events, to checked",
        opened,
        DECODING,
        lambda: decode(lines),
        target="at most 3 ×",
        rounds=7,
    )


def test_checking(ratios: Ratios, path: Path, lines: bytes) -> None:
    """The command that checks a recording takes, from start to end, little more than to decode."""
    command = [sys.executable, "-m", "exlab_gui", "check", str(path)]
    ratios.compare(
        "exlab-gui check of it, whole process",
        lambda: subprocess.run(command, check=True, capture_output=True),
        DECODING,
        lambda: decode(lines),
        target="at most 2 ×",
        rounds=7,
    )


def test_memory(ratios: Ratios, path: Path) -> None:
    """An open recording takes little more memory than its file has bytes."""
    command = [sys.executable, str(Path(recording_memory.__file__)), str(path)]
    done = subprocess.run(command, check=True, capture_output=True)
    ratios.note(
        f"memory with it open, {EVENTS:,} events",
        "the file's size",
        target="at most 2 ×",
        reached=f"{int(done.stdout) / path.stat().st_size:.2f} ×",
    )


def test_recording(ratios: Ratios, tmp_path: Path) -> None:
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

        ratios.compare(
            "record 1,000 events, each appended and flushed",
            kept,
            "file.write and flush of the same bytes",
            written,
            target="at most 2 ×",
            rounds=200,
        )
