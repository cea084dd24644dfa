"""A recording is read as far as it can be, and what cannot be read is told."""

import os
import sys
from pathlib import Path

import pytest

from exlab_gui.core.clock import can_be_shown
from exlab_gui.core.trace import Problem, TraceError, TraceReader, load
from exlab_gui.core.trace import line as lines
from exlab_gui.core.trace import reader as reader_module
from tests.core.trace.kept import SHORT, file_bytes
from tests.helpers.pipes import make_pipe

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


def test_each_event_knows_its_line(recorded, monkeypatch):
    """However lines without an event lie between, the line of each event is told."""
    monkeypatch.setattr(reader_module, "BLOCK", 100)
    data = b"".join([*LINES[:3], b"\n", b"{\n", *LINES[3:6], b'{"of":1}\n', *LINES[6:]])
    with TraceReader(recorded(data)) as reader:
        count = sum(map(len, reader))
        told = [reader.line_of(index) for index in range(count)]
    assert told == [2, 3, 6, 7, 8, 10, 11, 12]


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
@pytest.mark.parametrize("blank", [b" ", b"\r", b"\t\r ", b"\n \n", b" \n", b"\r\n\r\n"])
@pytest.mark.parametrize("count", [0, 1, COUNT])
def test_blanks_at_the_end_are_nothing(recorded, exact, blank, count):
    """With or without a line break, and also if nothing else follows the header."""
    with TraceReader(recorded(b"".join(LINES[: count + 1]) + blank), exact=exact) as reader:
        assert [event for block in reader for event in block] == SHORT.events[:count]
    told = [problem.sentence for problem in reader.problems]
    assert told == ([] if count else ["The file holds no event."])


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize(
    ("written", "told"),
    [
        (LINES[1][:-1] + LINES[2] + b"\n", "It is not an event: it is not JSON, from byte"),
        (LINES[1].replace(b"{", b'{"x\xff":1,', 1) + LINES[2], "It is not UTF-8 text, from byte 3"),
        (LINES[1].replace(b"{", b'{"x":"\xff",', 1) + LINES[2], "It is not UTF-8 text, from byte"),
        (LINES[1].replace(b"{", b'{"x":"' + b"x" * 530_000 + b'",', 1), "a line has at most"),
        (LINES[1].replace(b"{", b'{"x":' + b"[" * 64 + b"]" * 64 + b",", 1), "inside one another"),
        (LINES[1].replace(b"{", b'{"earliest":"0001-01-01T00:00:00Z",', 1), "of the year 1."),
        (LINES[1][:9] + b"\n" + LINES[1][9:-1] + LINES[2], "It is not an event: it is cut off."),
    ],
)
def test_the_same_is_read_whatever_it_is_read_for(recorded, exact, written, told):
    """A line is one JSON value in UTF-8, not too long, not too deep, and of a time to be shown."""
    data = LINES[0] + written + b"".join(LINES[3:])
    with TraceReader(recorded(data), exact=exact) as reader:
        events = [event for block in reader for event in block]
    assert SHORT.events[0] not in events
    assert events[-len(LINES[3:]) :] == SHORT.events[2:]
    assert reader.problems[0].line == 2
    assert told in reader.problems[0].sentence


@pytest.mark.parametrize("year", ["0001", "1969", "9001"])
def test_a_session_that_began_in_no_year_to_be_shown(recorded, year):
    """The file is read, and told to be damaged; it is written again as it was."""
    data = DATA.replace(b'"created":"2026', b'"created":"' + year.encode())
    recording = load(recorded(data))
    assert recording.events == SHORT.events
    said = f'The time "created" is of the year {int(year)}.'
    assert recording.problems == [Problem(1, 0, said)]
    assert can_be_shown(recording.header.created)
    assert file_bytes(recording) == data


def test_a_line_is_too_long_wherever_it_stands(recorded, monkeypatch):
    """Its limit does not depend on where the blocks end."""
    header, event = LINES[:2]
    long = event.replace(b"{", b'{"state":"' + b"x" * lines.MAX_LENGTH + b'",', 1)
    path = recorded(header + event + long + event)
    for size in (1000, 2**16, 2**20):
        monkeypatch.setattr(reader_module, "BLOCK", size)
        assert [problem.line for problem in load(path).problems] == [3]


def test_only_so_many_problems_are_told(recorded):
    """The others are counted, so that a file of rubbish does not fill the memory."""
    count = reader_module.MAX_PROBLEMS
    for more in range(4):
        problems = load(recorded(b"".join([LINES[0], b"x\n" * (count + more - 1)]))).problems
        assert len(problems) == min(count + more, count + 1)
    assert problems[-1] == (
        count + 2,
        len(LINES[0]) + 2 * count,
        "From here on, 3 more lines cannot be read.",
    )


def test_a_file_that_grows_is_read_as_it_was(recorded):
    """Reading ends where the file ended when it was opened, however fast somebody writes."""
    path = recorded(DATA)
    with TraceReader(path) as reader, path.open("ab") as more:
        more.write(LINES[-1] * 100)
        more.flush()
        for block in reader:
            assert block == SHORT.events
            more.write(LINES[-1] * 100)
            more.flush()
    assert reader.problems == []


def test_an_endless_line_ends_the_reading(recorded, monkeypatch):
    """A line is not held whole whatever it takes; the lines before it are read."""
    monkeypatch.setattr(reader_module, "LONGEST", 2**20)
    path = recorded(DATA)
    with path.open("ab") as file:
        file.truncate(2**40)
    recording = load(path)
    assert recording.events == SHORT.events
    assert [p.sentence for p in recording.problems] == [
        "It is longer than 1 MiB. The rest of the file is not read."
    ]


def test_an_endless_first_line_is_no_header(recorded):
    """No more of it is read than a header may have."""
    path = recorded(b"{")
    with path.open("ab") as file:
        file.truncate(2**40)
    with pytest.raises(TraceError, match="first line must be"):
        load(path)


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


@pytest.mark.skipif(sys.platform == "win32", reason="there, a folder cannot be opened")
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
    make_pipe(tmp_path / "pipe")
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
