"""Every export is written by one function: whole, stoppable, or with the reason why not."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from exlab_gui.core.progress import CHUNK
from exlab_gui.core.protocol.envelopes import (
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
)
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.trace import Recording
from exlab_gui.export.coverage.formats import JSON
from exlab_gui.export.exporter import Exporter, ExportError, Snapshot, format_of, write
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.theme.colours import LIGHT
from tests.core.trace.kept import SHORT
from tests.helpers.strategies import START

pytestmark = pytest.mark.usefixtures("qapp")

SESSION = Snapshot(SHORT, len(SHORT.events), LIGHT)
ALL = [
    pytest.param(exporter, form.suffixes[0], id=f"{exporter.action}{form.suffixes[0]}")
    for exporter in EXPORTERS
    for form in exporter.formats
]
EACH = pytest.mark.parametrize(("exporter", "suffix"), ALL)
# Tests are made of at most a thousand events, and a diagram is as large as its machine.
LONG = [of for of in ALL if not str(of.id).startswith(("actionSaveTest", "actionExportDiagram"))]


class EnoughError(Exception):
    """Is raised to stop an export."""


def of_length(count: int) -> Snapshot:
    envelope = ProgressEnvelope("running_plugins", 1, 2)
    events = [Event(n + 1, START, "plugin_pass", Origin.OBSERVED, envelope) for n in range(count)]
    return Snapshot(Recording(SHORT.header, events), count, LIGHT)


def of_visits(count: int) -> Snapshot:
    """Return a session that asks, and is answered, again and again."""
    asks = InputRequiredEnvelope([], "Which?", "plugin")
    goes_on = PhaseEnvelope("running_plugins", "")
    events = [
        Event(n + 1, START, "input_required", Origin.OBSERVED, asks)
        if n % 2
        else Event(n + 1, START, "plugin_pass", Origin.OBSERVED, goes_on)
        for n in range(count)
    ]
    return Snapshot(Recording(SHORT.header, events), count, LIGHT)


class CallCounter:
    """Counts calls of functions; `most` is their greatest number between two reports."""

    def __init__(self) -> None:
        self._count = self.most = 0

    def take(self, _frame: FrameType, event: str, _argument: object) -> None:
        self._count += event in ("call", "c_call")

    def report(self, _done: int, _total: int) -> None:
        self.most = max(self.most, self._count)
        self._count = 0


@EACH
def test_every_format_replaces_a_file(tmp_path: Path, exporter: Exporter[Any], suffix: str) -> None:
    """What was there is gone, and nothing else is left in the folder."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")
    exporter.write(path, SESSION)
    assert path.stat().st_size > 100
    assert b"old" not in path.read_bytes()[:10]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("exporter", "suffix"), LONG)
@pytest.mark.parametrize("calls", [1, 2])
def test_what_takes_long_can_be_stopped(
    tmp_path: Path, exporter: Exporter[Any], suffix: str, calls: int
) -> None:
    """Progress is told again and again; whoever stops it finds the old file as it was."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == calls:
            raise EnoughError

    with pytest.raises(EnoughError):
        exporter.write(path, of_length(2 * CHUNK), stop)
    assert told == sorted(told)
    assert all(0 <= done <= total for done, total in told)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("exporter", "suffix"), LONG)
def test_progress_is_told_however_long_a_session_is(
    tmp_path: Path, exporter: Exporter[Any], suffix: str
) -> None:
    """Between two reports of progress, little more is done with an event than to add it up."""
    calls = {}
    for visits in (CHUNK, 11 * CHUNK):
        counter = CallCounter()
        sys.setprofile(counter.take)
        try:
            exporter.write(tmp_path / f"a{suffix}", of_visits(visits), counter.report)
        finally:
            sys.setprofile(None)
        counter.report(1, 1)
        calls[visits] = counter.most
    assert calls[11 * CHUNK] - calls[CHUNK] < 30 * 10 * CHUNK


@EACH
def test_why_a_file_is_not_written(tmp_path: Path, exporter: Exporter[Any], suffix: str) -> None:
    """The sentence names the file that was asked for, and the reason."""
    path = tmp_path / "missing" / f"a{suffix}"
    with pytest.raises(ExportError) as refused:
        exporter.write(path, SESSION)
    assert str(refused.value) == f"{path} cannot be written: No such file or directory."
    path.mkdir(parents=True)
    with pytest.raises(ExportError, match="cannot be written: Is a directory"):
        exporter.write(path, SESSION)
    assert list(path.parent.iterdir()) == [path]


def test_an_error_of_the_writer_leaves_the_old_file(tmp_path: Path) -> None:
    """An event that cannot be written ends the export, and changes nothing."""
    path = tmp_path / "log.csv"
    path.write_bytes(b"old")
    session = of_length(CHUNK)
    half_a_letter = Event(1, START, "\ud800", Origin.OBSERVED)
    session.recording.events = [*session.recording.events, half_a_letter]
    (log,) = (exporter for exporter in EXPORTERS if exporter.action == "actionExportLog")
    with pytest.raises(UnicodeEncodeError):
        log.write(path, session)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_name_chooses_among_formats() -> None:
    """Capitals make no difference, and the longest of several suffixes is no surprise."""
    (log,) = (exporter for exporter in EXPORTERS if exporter.action == "actionExportLog")
    assert format_of(log.formats, "A.EXLAB.JSONL").suffixes == (".jsonl",)
    for name in ("log", "log.txt", "log.json", "csv"):
        with pytest.raises(ExportError, match=rf"^{name}: the format has to be one of .jsonl, "):
            format_of(log.formats, name)


def test_a_single_format_takes_any_name(tmp_path: Path) -> None:
    """Where there is nothing to choose, the name is the user's affair."""
    assert format_of([JSON], "anything") is JSON
    (report,) = (exporter for exporter in EXPORTERS if exporter.action == "actionExportReport")
    write(tmp_path / "page", report.formats, SESSION)
    assert (tmp_path / "page").read_bytes().startswith(b"<!DOCTYPE html>")


def test_what_is_proposed_fits() -> None:
    """Every export has an action of its own, and proposes a name that one of its formats takes."""
    assert len({exporter.action for exporter in EXPORTERS}) == len(EXPORTERS)
    for exporter in EXPORTERS:
        name = exporter.file_name("sim-1")
        assert name.endswith(exporter.formats[0].suffixes[0])
