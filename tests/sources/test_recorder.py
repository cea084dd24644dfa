"""A session is in its file as far as the file can be written, and all of it once that is so."""

import sys
from pathlib import Path
from shutil import rmtree

import pytest

from exlab_gui.core.trace import BusyError, load
from exlab_gui.sources.recorder import Recorder
from tests.core.trace.kept import SHORT, file_bytes
from tests.helpers.disk import LIMITED, room_for

COUNT = len(SHORT.events)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.exlab.jsonl"


def recorder(path: Path) -> Recorder:
    return Recorder(path, SHORT.header, SHORT.events)


@LIMITED
def test_recording_goes_on_when_there_is_room_again(path: Path) -> None:
    """A full disk is said, with what is kept; nothing is missing afterwards."""
    recording = recorder(path)
    recording.write(2)
    with room_for(path.stat().st_size + 5):
        for count in range(3, COUNT + 1):
            recording.write(count)
            assert recording.problem == (
                "a.exlab.jsonl: File too large. The first 2 events are kept; recording goes on as "
                "soon as that is possible."
            )
        assert load(path).events == SHORT.events[:2]
    recording.write(COUNT)
    assert recording.problem == ""
    recording.close()
    assert path.read_bytes() == file_bytes(SHORT)


@LIMITED
def test_as_many_as_there_is_room_for_are_kept(path: Path) -> None:
    """Of events that are written at once, too."""
    recording = recorder(path)
    whole = file_bytes(SHORT).splitlines(keepends=True)
    with room_for(len(b"".join(whole[:4])) + 5):
        recording.write(COUNT)
        assert "The first 3 events are kept" in recording.problem
        assert path.read_bytes() == b"".join(whole[:4])
    recording.write(COUNT)
    recording.close()
    assert path.read_bytes() == file_bytes(SHORT)


def test_a_closed_file_goes_on(path: Path) -> None:
    """A session that is over needs no open file; what comes later is added all the same."""
    recording = recorder(path)
    for count in range(1, COUNT + 1):
        recording.write(count)
        recording.close()
    assert path.read_bytes() == file_bytes(SHORT)


def test_a_file_that_was_removed_is_written_anew(path: Path) -> None:
    """Nothing of the session is missing in the new file."""
    recording = recorder(path)
    recording.write(1)
    recording.close()
    path.unlink()
    recording.write(COUNT)
    recording.close()
    assert path.read_bytes() == file_bytes(SHORT)


@pytest.mark.skipif(sys.platform == "win32", reason="there, an open file cannot be removed")
def test_a_file_that_is_removed_meanwhile_is_written_anew(path: Path) -> None:
    """It is, although it is open, as soon as its folder is there; until then that is told."""
    recording = recorder(path)
    recording.write(1)
    path.unlink()
    recording.write(2)
    assert load(path).events == SHORT.events[:2]
    rmtree(path.parent)
    recording.write(3)
    assert recording.problem == (
        "a.exlab.jsonl: No such file or directory. No event is kept; recording goes on as soon as "
        "that is possible."
    )
    path.parent.mkdir()
    recording.write(COUNT)
    recording.close()
    assert (recording.problem, recording.missing(COUNT)) == ("", "")
    assert path.read_bytes() == file_bytes(SHORT)


@pytest.mark.skipif(sys.platform == "win32", reason="there, an open file cannot be removed")
def test_another_file_that_took_its_place_is_left_alone(path: Path) -> None:
    """Nothing is appended to it; what is missing is told."""
    recording = recorder(path)
    recording.write(2)
    path.unlink()
    path.write_text("Mine")
    recording.write(3)
    assert recording.problem.startswith("a.exlab.jsonl: Another file is there now.")
    recording.close()
    said = "a.exlab.jsonl has no event: Another file is there now."
    assert recording.missing(COUNT) == said
    assert path.read_text() == "Mine"


def test_a_file_that_another_program_empties_is_written_anew(path: Path) -> None:
    """As one that it removes: all of the session is in it, and no hole."""
    recording = recorder(path)
    recording.write(2)
    path.write_bytes(b"")
    recording.write(COUNT)
    recording.close()
    assert (recording.problem, recording.missing(COUNT)) == ("", "")
    assert path.read_bytes() == file_bytes(SHORT)


@pytest.mark.parametrize("grown", [True, False])
def test_a_file_that_another_program_writes_to_is_left_alone(path: Path, grown: bool) -> None:
    """Nothing is written over it, nor after it, until it is moved away."""
    recording = recorder(path)
    recording.write(2)
    content = path.read_bytes() + b"{}\n" if grown else b"Mine"
    path.write_bytes(content)
    for count in range(3, COUNT):
        recording.write(count)
        assert recording.problem.startswith("a.exlab.jsonl: Another file is there now.")
        assert path.read_bytes() == content
    path.rename(path.with_name("b"))
    recording.write(COUNT)
    recording.close()
    assert recording.problem == ""
    assert path.read_bytes() == file_bytes(SHORT)


def test_a_file_that_another_session_has_is_left_alone(path: Path) -> None:
    """While it has it, the events wait."""
    first = recorder(path)
    first.write(1)
    with pytest.raises(BusyError):
        recorder(path)
    first.close()
    second = recorder(path)
    first.write(COUNT)
    assert "is being recorded to it" in first.problem
    second.write(COUNT)
    second.close()
    first.close()
    assert path.read_bytes() == file_bytes(SHORT)


@pytest.mark.skipif(sys.platform != "linux", reason="only there, files that are open are listed")
def test_closed_files_are_open_no_more(path: Path) -> None:
    """Thousands of sessions that are over need no descriptor."""
    before = len(list(Path("/proc/self/fd").iterdir()))
    for number in range(50):
        recording = recorder(path.with_name(f"{number}.exlab.jsonl"))
        recording.write(COUNT)
        recording.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
