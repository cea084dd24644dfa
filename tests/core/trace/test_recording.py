"""A recording is read whole, and written to the same bytes."""

import json

import pytest

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import FailedEnvelope
from exlab_gui.core.trace import Recording, load, new_header
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT, START, file_bytes, recording


def test_what_is_saved_opens_as_it_was(tmp_path):
    """A saved recording opens with the same header, machine and events, and no problem."""
    save(tmp_path / "a.exlab.jsonl", SHORT)
    opened = load(tmp_path / "a.exlab.jsonl")
    assert opened.header == SHORT.header
    assert opened.machine == SHORT.machine
    assert opened.events == SHORT.events
    assert opened.problems == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'":', b'": '),
        (b"\n", b"\r\n"),
        (b"\n", b"\n\n"),
        (b'{"seq"', b'{"lamp":"on","seq"'),
        (b'{"kind"', b'{"trace_id":7,"kind"'),
        (b'"kind":"progress"', b'"kind":"lims"'),
        (b'"version":1', b'"version":1,"laboratory":"B 12"'),
        (b"56Z", b"56+00:00"),
        (b"56Z", b"567Z"),
        (b"rendering_template", b"rendering\\u005ftemplate"),
        (b'"origin"', b'"envelope":null,"origin"'),
        (b'"origin":"simulated"', b'"origin":"dreamt"'),
        (b'{"seq":4', b'{"bookmark":"here"}\n{"seq":4'),
        (b'{"seq":4', b'{"se\n{"seq":4'),
        (b'"}}}\n', b'"}}}'),
        (b'"}}}\n', b'"'),
    ],
)
def test_what_was_opened_is_saved_to_the_same_bytes(tmp_path, old, new):
    """Fields, kinds and whole lines that are not known, and what is broken, are written back."""
    data = file_bytes(SHORT).replace(old, new)
    assert data != file_bytes(SHORT)
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(data)
    save(second, load(first))
    assert second.read_bytes() == data


def test_equal_names_are_one_object(tmp_path):
    """States, phases and questions that come again take no memory again."""
    asked = ["input_required", "plugin_pass"] * 3
    save(tmp_path / "a", recording("validating", "rendering", "plugin_pass", *asked))
    events = load(tmp_path / "a").events
    assert len({id(event.state) for event in events}) == 5
    phases = [e.envelope.phase for e in events if getattr(e.envelope, "phase", None)]
    assert len({id(phase) for phase in phases}) == 4
    assert len({id(e.envelope) for e in events if e.kind == "input_required"}) == 1


def test_progress_is_told_and_reading_can_be_given_up(tmp_path):
    """Reading tells how many bytes are done, of how many, and stops when it is asked to."""
    path = tmp_path / "a"
    save(path, Recording(SHORT.header, SHORT.events * 2000))
    told = []
    assert len(load(path, lambda *place: told.append(place)).events) == len(SHORT.events) * 2000
    size = path.stat().st_size
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (size, size)
    stopped = []

    def stop(*place):
        stopped.append(place)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        load(path, stop)
    assert stopped == told[:1]


def test_saving_replaces_a_file_as_a_whole(tmp_path):
    """A file is replaced, also by what was opened from it, and nothing is left over."""
    path = tmp_path / "a"
    path.write_bytes(b"something else")
    save(path, SHORT)
    save(path, load(path))
    assert path.read_bytes() == file_bytes(SHORT)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_stays_where_saving_fails(tmp_path):
    """Where saving fails, the file that was there is as it was, and nothing is left over."""
    path = tmp_path / "a"
    path.write_bytes(b"something else")
    broken = Recording(SHORT.header, [SHORT.events[0], None])
    with pytest.raises(AttributeError):
        save(path, broken)
    assert path.read_bytes() == b"something else"
    assert list(tmp_path.iterdir()) == [path]


def test_a_recording_is_read_by_its_own_machine(tmp_path):
    """A recording of a machine with another table opens by that table, and is checked by it."""
    table = {
        "open": frozenset({"washing"}),
        "washing": frozenset({"drying", "failed"}),
        "drying": frozenset({"washing", "failed"}),
        "failed": frozenset[str](),
    }
    machine = StateMachine("open", table, {"washing": "wet", "drying": "warm"})
    data = b"".join(
        json.dumps(
            {
                "seq": seq,
                "at": f"2026-01-31T12:00:0{seq}.000000Z",
                "state": state,
                "origin": "observed",
                **({"envelope": envelope} if envelope else {}),
            }
        ).encode()
        + b"\n"
        for seq, (state, envelope) in enumerate(
            [
                ("open", None),
                ("washing", {"kind": "phase", "phase": "wet", "at": "now"}),
                ("drying", {"kind": "phase", "phase": "warm", "at": "now"}),
                ("washing", {"kind": "phase", "phase": "wet", "at": "now"}),
                ("failed", {"kind": "failed", "phase": "wet", "error": {"code": "no_water"}}),
            ],
            1,
        )
    )
    header = Recording(new_header(machine, "live-1", "http://127.0.0.1:8321", START), [])
    path = tmp_path / "a"
    path.write_bytes(next(header.lines()) + data)
    opened = load(path)
    assert opened.machine == machine
    assert isinstance(opened.events[-1].envelope, FailedEnvelope)
    assert check(opened.machine, opened.events) == []
    assert check(SHORT.machine, opened.events) != []
