"""Sessions are recorded into the archive by themselves, and the oldest recordings leave it."""

import gc
import os
import time
from contextlib import contextmanager
from weakref import ref

import pytest

from exlab_gui.archive.removal import Bounds, prune, remove, remove_all
from exlab_gui.archive.writer import MOST_OPEN, ArchiveWriter
from exlab_gui.core.trace import ENDING, TraceWriter, load
from tests.helpers.lab import lab_recording, write_lab

DAY_NS = 24 * 3600 * 10**9


@contextmanager
def writing(folder, bounds=None):
    """Give a writer, and end it with everything written."""
    writer = ArchiveWriter(folder, bounds or Bounds())
    yield writer
    writer.close()
    writer._worker._thread.join(20)
    assert not writer.is_at_work


def begin(writer, recording, name=None):
    name = name or recording.header.session_id
    writer.begin(name, recording.header)
    return name


def take_all(writer, recording):
    name = begin(writer, recording)
    writer.take(name, recording.events, len(recording.events), is_over=True)


def found(folder):
    return sorted(folder.rglob(f"*{ENDING}"))


def ended(number):
    """Return the next recording from `number` that has its end."""
    recording = lab_recording(number)
    return recording if recording.events[-1].state == "done" else ended(number + 1)


def test_each_session_has_a_file_of_its_own(tmp_path):
    """More sessions than files that are held open grow at once: every event is in its file."""
    recordings = [lab_recording(number) for number in range(MOST_OPEN + 6)]
    with writing(tmp_path / "archive") as writer:
        names = [begin(writer, one) for one in recordings]
        for count in range(1, max(len(one.events) for one in recordings) + 1):
            for name, one in zip(names, recordings, strict=True):
                if count <= len(one.events):
                    writer.take(name, one.events, count, is_over=count == len(one.events))
    assert writer.problem == ""
    written = {one.header.session_id: one for one in map(load, found(tmp_path))}
    assert len(written) == len(recordings)
    for one in recordings:
        assert written[one.header.session_id].events == one.events


def test_a_session_that_is_known_to_its_end_is_not_recorded_again(tmp_path):
    """A server lists failed sessions for long: each run of the program sees them again."""
    recording = ended(0)
    for _ in range(3):
        with writing(tmp_path) as writer:
            take_all(writer, recording)
    assert len(found(tmp_path)) == 1


class History(list):
    """Events that tell whether somebody still holds them."""


def test_the_events_of_a_session_that_is_over_are_let_go(tmp_path):
    """A window sees thousands; what a late message adds after the end is still written."""
    recording = ended(0)
    with writing(tmp_path) as writer:
        name = begin(writer, recording)
        count = len(recording.events)
        for taken in (count - 1, count):
            history = History(recording.events[:taken])
            held = ref(history)
            writer.take(name, history, taken, is_over=True)
            del history
            writer._worker.ask(bool).result(20)
            gc.collect()
            assert held() is None
    assert load(*found(tmp_path)).events == recording.events


def test_a_session_that_goes_on_gets_a_second_file(tmp_path):
    """The first one, which has the beginning, is left as it is."""
    recording = ended(0)
    for count in (3, len(recording.events)):
        with writing(tmp_path) as writer:
            name = begin(writer, recording)
            writer.take(name, recording.events, count, is_over=count > 3)
    assert sorted(len(load(path).events) for path in found(tmp_path)) == [3, len(recording.events)]


def test_two_programs_record_one_session(tmp_path):
    """Each into a file of its own, so that nothing is lost with one of them."""
    recording = ended(0)
    with writing(tmp_path) as one, writing(tmp_path) as other:
        for writer in (one, other):
            begin(writer, recording)
        for count in range(1, len(recording.events) + 1):
            for writer in (one, other):
                writer.take(recording.header.session_id, recording.events, count, is_over=False)
    assert {len(load(path).events) for path in found(tmp_path)} == {len(recording.events)}


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON", "a/b\\c", "…", "x" * 100])
def test_whatever_a_session_is_called_its_file_is_in_the_archive(tmp_path, name):
    """A server has chosen the name."""
    recording = lab_recording(1)
    with writing(tmp_path / "archive") as writer:
        writer.take(begin(writer, recording, name), recording.events, 1, is_over=False)
    (path,) = found(tmp_path)
    assert path.parent.parent == tmp_path / "archive"


def test_a_folder_that_cannot_be_made_is_told_and_tried_again(tmp_path):
    """As soon as it can be made, every event is written."""
    (tmp_path / "archive").write_bytes(b"in the way")
    recording = lab_recording(1)
    with writing(tmp_path / "archive") as writer:
        name = begin(writer, recording)
        writer.take(name, recording.events, 2, is_over=False)
        writer._worker.ask(bool).result(20)  # what was asked for before is done
        assert writer.problem.startswith("Live sessions are not kept in the archive: ")
        (tmp_path / "archive").unlink()
        writer.retry()
    assert len(load(*found(tmp_path)).events) == 2
    assert writer.problem == ""


def aged(folder, days):
    """Make the recordings in `folder` so many days old, the first one the oldest."""
    paths = found(folder)
    for place, path in enumerate(paths):
        at = time.time_ns() - round(days * DAY_NS) + place * 10**9
        os.utime(path, ns=(at, at))
    return paths


def test_old_recordings_are_removed(tmp_path):
    """Those that nobody has written to for longer than is wanted; younger ones stay."""
    write_lab(tmp_path / "old", range(3))
    write_lab(tmp_path / "new", range(3, 5))
    aged(tmp_path / "old", 91)
    aged(tmp_path / "new", 89)
    assert prune(tmp_path, Bounds(days=90)) == 3
    assert found(tmp_path) == found(tmp_path / "new")
    assert not (tmp_path / "old" / "000").exists()


def test_the_oldest_leave_until_there_is_room(tmp_path):
    """Never one that is being written, however old it is."""
    write_lab(tmp_path, range(4))
    paths = aged(tmp_path, 10)
    recording = lab_recording(0)
    with TraceWriter(paths[0], recording.header, resume=True):
        room = sum(path.stat().st_size for path in (paths[0], paths[3])) + 10
        assert prune(tmp_path, Bounds(bytes=room)) == 2
        assert found(tmp_path) == [paths[0], paths[3]]
        assert (
            remove(tmp_path, paths[0])
            == f"{paths[0].name}: session {recording.header.label} is being recorded to it."
        )
    assert prune(tmp_path, Bounds(bytes=0)) == 2


def test_removing_tells_what_is_left(tmp_path):
    """What is gone already counts as removed."""
    write_lab(tmp_path, range(3))
    paths = found(tmp_path)
    assert remove_all(tmp_path, [*paths, paths[0]]) == []
    assert not found(tmp_path)


@pytest.mark.parametrize("folder", [".", "day/lab"])
def test_the_folder_of_the_archive_stays(tmp_path, folder):
    """Recordings may be in it directly: only folders below it go with their last recording."""
    archive = tmp_path / "archive"
    (archive / folder).mkdir(parents=True)
    for number in range(2):
        lines = lab_recording(number).lines()
        (archive / folder / f"{number}{ENDING}").write_bytes(b"".join(lines))
    remove(archive, found(archive)[0])
    assert prune(archive, Bounds(bytes=0)) == 1
    assert archive.is_dir()
    assert (archive / folder).exists() == (folder == ".")


def test_a_new_run_removes_what_is_too_old(tmp_path):
    """The first session that is recorded makes room."""
    write_lab(tmp_path, range(3))
    aged(tmp_path, 100)
    recording = ended(10)
    with writing(tmp_path) as writer:
        take_all(writer, recording)
    assert [load(path).header.label for path in found(tmp_path)] == [recording.header.label]
