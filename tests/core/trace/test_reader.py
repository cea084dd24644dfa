"""A recording is read as far as it can be, and what cannot be read is told."""

import os
from pathlib import Path

import pytest

from exlab_gui.core.trace import Problem, TraceError, TraceReader, load
from exlab_gui.core.trace import reader as reader_module
from tests.core.trace.kept import SHORT, file_bytes

DATA = file_bytes(SHORT)
LINES = DATA.splitlines(keepends=True)
COUNT = len(SHORT.events)


@pytest.fixture
def recorded(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(data):
        path = tmp_path / "a.exlab.jsonl"
        path.write_bytes(data)
        return path

    return write


def test_blocks_hold_every_event_once(recorded, monkeypatch):
    """However small the blocks, they give every event in order, and all bytes are counted."""
    monkeypatch.setattr(reader_module, "BLOCK", 100)
    with TraceReader(recorded(DATA)) as reader:
        blocks = list(reader)
    assert len(blocks) > 3
    assert [event for block in blocks for event in block] == SHORT.events
    assert reader.problems == []
    assert reader.done == reader.size == len(DATA)


@pytest.mark.parametrize("exact", [True, False])
def test_a_file_cut_anywhere_opens_up_to_there(recorded, exact):
    """Of a file cut at any byte, every whole line is read, and the rest is called cut off."""
    for length in range(len(LINES[0]), len(b"".join(LINES[:4]))):
        with TraceReader(recorded(DATA[:length]), exact=exact) as reader:
            events = [event for block in reader for event in block]
        whole = DATA[:length].count(b"\n") - 1
        cut = DATA[:length].rpartition(b"\n")[2]
        if cut + b"\n" in LINES:  # only its line break is missing
            whole, cut = whole + 1, b""
        assert events == SHORT.events[:whole]
        sentences = [problem.sentence for problem in reader.problems]
        if cut:
            place = Problem(whole + 2, length - len(cut), "The last line is cut off.")
            assert reader.problems[0] == place
            del sentences[0]
        assert sentences == ([] if whole else ["The file holds no event."])


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize(
    "bad",
    [b"{}}\n", b"\xff\xfe\n", b'"text"\n', b"\x00\n", LINES[1][:-4] + b"\n", b"[" * 9000 + b"\n"],
)
def test_a_bad_line_is_told_with_its_place(recorded, exact, bad):
    """A line that cannot be read is told by number and byte, and the others are read."""
    data = b"".join([*LINES[:3], bad, *LINES[3:]])
    with TraceReader(recorded(data), exact=exact) as reader:
        events = [event for block in reader for event in block]
    assert events == SHORT.events
    assert [(p.line, p.offset) for p in reader.problems] == [(4, len(b"".join(LINES[:3])))]


def test_a_huge_line_is_told_and_passed_over(recorded):
    """A line of 50 MB is not taken in, and the events after it are read."""
    huge = b'{"seq":3,"note":"' + b"x" * 50_000_000 + b'"}\n'
    path = recorded(b"".join([*LINES[:3], huge, *LINES[3:]]))
    with TraceReader(path) as reader:
        events = [event for block in reader for event in block]
    assert events == SHORT.events
    assert [problem.line for problem in reader.problems] == [4]
    assert f"{len(huge):,} bytes" in reader.problems[0].sentence


def test_lines_of_another_kind_are_no_problem(recorded):
    """Empty lines, and lines of a kind that this version does not know, are passed over."""
    data = b"".join([LINES[0], b"\n", *LINES[1:3], b'{"bookmark":"here"}\n', *LINES[3:], b"\n\n"])
    recording = load(recorded(data))
    assert recording.events == SHORT.events
    assert recording.problems == []
    assert file_bytes(recording) == data


def test_a_recording_without_events_says_so(recorded):
    """A header alone can be opened: there is no event in it."""
    recording = load(recorded(LINES[0]))
    assert recording.events == []
    assert [problem.sentence for problem in recording.problems] == ["The file holds no event."]


def test_a_file_that_shrinks_is_read_up_to_there(recorded):
    """A file that becomes shorter while it is read says so."""
    path = recorded(b"".join([*LINES, *LINES[1:] * 2000]))
    with TraceReader(path) as reader:
        blocks = iter(reader)
        events = next(blocks)
        os.truncate(path, reader.done)
        events += [event for block in blocks for event in block]
    assert 0 < len(events) < 2001 * COUNT
    assert reader.problems[-1].sentence == "The file became shorter while it was read."


def test_a_file_that_fails_is_read_up_to_there(recorded, tmp_path):
    """A file that cannot be read further says so, and keeps what was read."""
    data = b"".join([*LINES, *LINES[1:] * 2000])
    with TraceReader(recorded(data)) as reader:
        blocks = iter(reader)
        events = next(blocks)
        # A folder in the file's place fails on reading, as a disk does that was taken away.
        folder = os.open(tmp_path, os.O_RDONLY)
        os.dup2(folder, reader._file.fileno())
        os.close(folder)
        events += [event for block in blocks for event in block]
    assert 0 < len(events) < data.count(b"\n") - 1
    assert "cannot be read further" in reader.problems[0].sentence
    assert reader.problems[0].line == len(events) + 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "There is no such file."),
        (".", "This is a folder."),
        ("\0", "This is not the name of a file."),
        ("x" * 5000, "The file cannot be opened"),
        ("empty", "The file is empty."),
        ("pipe", "This is a device or a pipe, not a file."),
        ("secret", "You may not read this file."),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused(tmp_path, name, said):
    """What cannot be opened is refused with a sentence that says why."""
    (tmp_path / "empty").touch()
    (tmp_path / "secret").touch(mode=0)
    os.mkfifo(tmp_path / "pipe")
    if name == "secret" and os.access(tmp_path / "secret", os.R_OK):
        pytest.skip("root may read every file")
    with pytest.raises(TraceError, match=r"\.$") as refusal:
        TraceReader(tmp_path / name)
    assert said in str(refusal.value)


def test_a_file_that_fails_at_once_is_refused():
    """A file of which not even the first line can be read is refused."""
    memory = Path("/proc/self/mem")  # nothing can be read at its beginning
    if not memory.exists():
        pytest.skip("this system has no such file")
    with pytest.raises(TraceError, match="cannot be read"):
        TraceReader(memory)
