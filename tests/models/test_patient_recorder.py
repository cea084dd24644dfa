"""A drive that does not answer does not hold up who records."""

import threading
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from threading import Semaphore
from time import sleep

import pytest

from exlab_gui.core.trace import TraceWriter, load
from exlab_gui.models import patient_recorder
from exlab_gui.models.patient_recorder import PatientRecorder
from exlab_gui.sources import recorder as sources_recorder
from exlab_gui.sources.recorder import Recorder
from tests.core.trace.kept import SHORT, file_bytes

COUNT = len(SHORT.events)


class Drive:
    """A drive that can be kept from answering."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers = threading.Event()
        self.answers.set()
        for name in ("__init__", "append"):
            monkeypatch.setattr(TraceWriter, name, self._waiting(getattr(TraceWriter, name)))

    def _waiting(self, do):
        def wait_and_do(*args, **more):
            self.answers.wait()
            return do(*args, **more)

        return wait_and_do


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drive]:
    monkeypatch.setattr(patient_recorder, "PATIENCE_S", 0.02)
    monkeypatch.setattr(patient_recorder, "OPENING_S", 0.02)
    drive = Drive(monkeypatch)
    yield drive
    drive.answers.set()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.exlab.jsonl"


def recorder(path: Path) -> PatientRecorder:
    return PatientRecorder(path, SHORT.header, SHORT.events)


def test_what_is_written_is_in_the_file(path: Path) -> None:
    """When `write` returns, the file holds the events, as long as the drive answers."""
    recording = recorder(path)
    for count in range(1, COUNT + 1):
        recording.write(count)
        assert load(path).events == SHORT.events[:count]
    recording.close()
    assert (recording.problem, recording.missing(COUNT)) == ("", "")


def test_recording_goes_on_when_the_drive_answers_again(path: Path, drive: Drive) -> None:
    """Until then that is told, and nobody waits; afterwards, nothing is missing."""
    recording = recorder(path)
    recording.write(1)
    drive.answers.clear()
    for count in range(2, COUNT):
        recording.write(count)
        assert recording.problem == (
            "a.exlab.jsonl: The drive does not answer. Recording goes on, with all events, as soon "
            "as it does."
        )
    drive.answers.set()
    assert recording._unanswered is not None
    recording._unanswered.result(10)
    recording.write(COUNT)
    assert recording.problem == ""
    recording.close()
    assert path.read_bytes() == file_bytes(SHORT)


def test_what_is_closed_meanwhile_may_lack_events(path: Path, drive: Drive) -> None:
    """That is told; they are written all the same if the drive answers in time."""
    recording = recorder(path)
    drive.answers.clear()
    recording.write(COUNT)
    recording.close()
    said = "a.exlab.jsonl may lack the last events: The drive does not answer."
    assert recording.missing(COUNT) == said
    drive.answers.set()
    assert recording._worker._thread is not None
    recording._worker._thread.join(10)
    assert path.read_bytes() == file_bytes(SHORT)


def test_a_file_that_cannot_be_opened_is_refused(path: Path, drive: Drive) -> None:
    """So is one whose drive does not answer; it is closed once that does."""
    with pytest.raises(FileNotFoundError):
        recorder(path.parent / "missing" / path.name)
    drive.answers.clear()
    with pytest.raises(OSError, match="The drive does not answer"):
        recorder(path)


def test_what_nobody_foresaw_is_raised(
    path: Path, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, or when the drive has answered: events that are not written are told of."""

    def fail(*_: object) -> None:
        raise ValueError("a bug")

    recording = recorder(path)
    monkeypatch.setattr(Recorder, "write", fail)
    with pytest.raises(ValueError, match="a bug"):
        recording.write(1)
    monkeypatch.setattr(Recorder, "write", lambda *_: (drive.answers.wait(), fail()))
    drive.answers.clear()
    recording.write(2)
    drive.answers.set()
    wait([recording._unanswered])
    with pytest.raises(ValueError, match="a bug"):
        recording.write(3)
    recording.close()


def test_very_many_events_are_no_trouble(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as one after another is written, the drive answers; it is only known to be behind."""
    append, let = TraceWriter.append, Semaphore(0)
    monkeypatch.setattr(sources_recorder, "AT_ONCE", 1)
    monkeypatch.setattr(TraceWriter, "append", lambda *what: (let.acquire(), append(*what)))
    monkeypatch.setattr(patient_recorder, "PATIENCE_S", 0.0)
    recording = recorder(path)
    recording.write(COUNT)
    monkeypatch.setattr(patient_recorder, "PATIENCE_S", 60.0)
    for written in range(1, COUNT + 1):
        let.release()
        while recording._recorder.written < written:
            sleep(0.001)
        if written < COUNT:
            assert (recording.problem, recording.is_behind) == ("", True)
            recording.write(COUNT)
            said = "a.exlab.jsonl may lack the last events: It is still being written."
            assert recording.missing(COUNT) == said
    assert recording._unanswered is not None
    recording._unanswered.result(10)
    recording.write(COUNT)
    assert not recording.is_behind
    recording.close()
    assert (recording.problem, recording.missing(COUNT)) == ("", "")
    assert path.read_bytes() == file_bytes(SHORT)
