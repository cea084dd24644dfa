"""What was appended is in the file, whatever becomes of the program."""

import multiprocessing
import os
import random
from contextlib import suppress

import pytest

from exlab_gui.core.trace import TraceWriter, load
from tests.core.trace import recording_process
from tests.core.trace.kept import SHORT, file_bytes

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
