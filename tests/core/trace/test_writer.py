"""What was appended is in the file, whatever becomes of the program."""

import multiprocessing
import os
import random
import sys
from contextlib import suppress

import pytest

from exlab_gui.core.trace import BusyError, ChangedError, TraceWriter, assert_not_recorded_to, load
from tests.core.trace import recording_process
from tests.core.trace.kept import SHORT, file_bytes
from tests.helpers.disk import room_for
from tests.helpers.pipes import make_pipe

KILLS = int(os.environ.get("EXLAB_KILLS", "100"))


def test_each_event_is_in_the_file_when_append_returns(tmp_path):
    """The file holds the header at once, and each event as soon as it is appended."""
    path = tmp_path / "a.exlab.jsonl"
    with TraceWriter(path, SHORT.header) as writer:
        assert load(path).events == []
        for count, event in enumerate(SHORT.events, 1):
            writer.append(event)
            assert load(path).events == SHORT.events[:count]
    assert path.read_bytes() == file_bytes(SHORT)


def test_a_file_that_cannot_be_written_is_refused(tmp_path):
    """Where the file cannot be made, nothing is recorded, and the caller is told."""
    with pytest.raises(FileNotFoundError):
        TraceWriter(tmp_path / "nowhere" / "a.exlab.jsonl", SHORT.header)


def test_one_file_is_recorded_to_once(tmp_path):
    """A second recording to it is refused, names who writes there, and changes nothing."""
    path = tmp_path / "a.exlab.jsonl"
    (tmp_path / "link.exlab.jsonl").symlink_to(path)
    with TraceWriter(path, SHORT.header) as writer:
        for again in (path, tmp_path / "link.exlab.jsonl"):
            with pytest.raises(BusyError, match=f"session {SHORT.header.label} is being recorded"):
                TraceWriter(again, SHORT.header)
            with pytest.raises(BusyError):
                assert_not_recorded_to(again)
        for event in SHORT.events:
            writer.append(event)
    assert path.read_bytes() == file_bytes(SHORT)
    assert_not_recorded_to(path)
    TraceWriter(path, SHORT.header).close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork server")
def test_another_program_is_refused_too(tmp_path):
    """The lock holds between programs, and goes with the one that has it."""
    path = tmp_path / "a.exlab.jsonl"
    context = multiprocessing.get_context("forkserver")
    shown, end = context.Pipe(duplex=False)
    process = context.Process(target=recording_process.record, args=(path, end))
    process.start()
    end.close()
    shown.recv_bytes()
    with pytest.raises(BusyError, match="another program is using it"):
        TraceWriter(path, SHORT.header)
    process.kill()
    process.join()
    shown.close()
    TraceWriter(path, SHORT.header).close()


def test_a_recording_can_be_gone_on_with(tmp_path):
    """What was closed is opened again, and goes on at its end."""
    path = tmp_path / "a.exlab.jsonl"
    with TraceWriter(path, SHORT.header) as writer:
        writer.append(SHORT.events[0])
    with TraceWriter(path, SHORT.header, resume=True) as writer:
        for event in SHORT.events[1:]:
            writer.append(event)
    assert path.read_bytes() == file_bytes(SHORT)


def test_a_full_disk_leaves_whole_lines(tmp_path):
    """An event for which there is no room is not in the file, and can be written later."""
    path = tmp_path / "a.exlab.jsonl"
    limit = len(file_bytes(SHORT)) - 10
    with TraceWriter(path, SHORT.header) as writer:
        with room_for(limit):
            for event in SHORT.events[:-1]:
                writer.append(event)
            for _ in range(3):
                with pytest.raises(OSError, match="File too large"):
                    writer.append(SHORT.events[-1])
                assert load(path).events == SHORT.events[:-1]
                assert load(path).problems == []
        writer.append(SHORT.events[-1])
    assert path.read_bytes() == file_bytes(SHORT)


def test_what_is_no_file_is_refused(tmp_path):
    """A pipe would take the events and keep none; a folder can hold none."""
    make_pipe(tmp_path / "pipe")
    for path, error in ((tmp_path / "pipe", "This is a device or a pipe"), (tmp_path, "directory")):
        with pytest.raises(OSError, match=error):
            TraceWriter(path, SHORT.header)
        with pytest.raises(OSError, match=error):
            TraceWriter(path, SHORT.header, resume=True)


@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_what_was_there(tmp_path, there):
    """Without room for the first line, an old file stays as it was, and no new one is left."""
    path = tmp_path / "a.exlab.jsonl"
    if there:
        path.write_bytes(b"old" * 100)
    with room_for(310), pytest.raises(OSError, match="File too large"):
        TraceWriter(path, SHORT.header)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old" * 100] * there


@pytest.mark.skipif(sys.platform == "win32", reason="there, an open file cannot be removed")
def test_a_file_that_is_removed_is_noticed(tmp_path):
    """Nothing is written to a file that is gone: it would be lost."""
    path = tmp_path / "a.exlab.jsonl"
    with TraceWriter(path, SHORT.header) as writer:
        writer.append(SHORT.events[0])
        path.rename(tmp_path / "b.exlab.jsonl")  # it is another name only
        writer.append(SHORT.events[1])
        (tmp_path / "b.exlab.jsonl").unlink()
        with pytest.raises(ChangedError):
            writer.append(SHORT.events[2])


@pytest.mark.parametrize("content", [b"", b"{}\n", b"x" * 10_000])
def test_a_file_that_others_change_is_noticed(tmp_path, content):
    """Neither does a hole come before an event, nor is written over what is not ours."""
    path = tmp_path / "a.exlab.jsonl"
    with TraceWriter(path, SHORT.header) as writer:
        writer.append(SHORT.events[0])
        path.write_bytes(content)
        with pytest.raises(ChangedError):
            writer.append(SHORT.events[1])
    assert path.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork server")
def test_a_killed_recording_holds_every_event_that_was_shown(tmp_path):
    """After SIGKILL at any moment the file opens and holds what had been shown, and no other."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.core.trace.recording_process"])
    positions = random.Random(KILLS)
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.exlab.jsonl"
        shown, end = context.Pipe(duplex=False)
        process = context.Process(target=recording_process.record, args=(path, end))
        process.start()
        end.close()
        last = 0
        with suppress(EOFError, OSError):
            for _ in range(positions.randint(1, 2000)):
                last = int.from_bytes(shown.recv_bytes(), "big")
            process.kill()
            while True:
                last = int.from_bytes(shown.recv_bytes(), "big")
        process.join()
        shown.close()
        events = load(path).events
        assert len(events) >= last > 0
        assert events == [recording_process.event(seq) for seq in range(1, len(events) + 1)]
        process.close()
        path.unlink()
