"""The first line says what the file is, and brings the whole state machine."""

import json
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given

from exlab_gui import __version__
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.machine_data import MachineData
from exlab_gui.core.trace.header import (
    Fork,
    TraceError,
    encode_header,
    new_header,
    read_header,
)
from tests.helpers import spec
from tests.helpers.strategies import machines

CREATED = datetime(2026, 1, 31, 12, 0, 0, 123456, UTC)
HEADER = new_header(CREATION_MACHINE, "sim-1", "simulated", CREATED)
LINE = encode_header(HEADER)


def changed(**values):
    """Return the header's line with other values, and without those that are None."""
    header = json.loads(LINE) | values
    return json.dumps({key: value for key, value in header.items() if value is not None}).encode()


def chain(count, first="s"):
    """Return a machine of `count` states, each followed by the next."""
    names = [first, *(f"s{n}" for n in range(1, count))]
    table = {name: [after] for name, after in pairwise(names)} | {names[-1]: []}
    return {"initial": names[0], "table": table, "phases": {}}


@given(machines(self_loops=True))
def test_any_machine_comes_back_as_it_went(machine):
    """A machine is the same after it was in a header, the order of its states included."""
    header = new_header(machine, "sim-1", "simulated", CREATED)
    assert read_header(encode_header(header)) == header
    assert header.machine.restored() == machine


def test_the_creation_machine_is_there_whole():
    """The header has each state, what follows it, and its phase, as §4.7 has them."""
    machine = json.loads(LINE)["machine"]
    assert machine["initial"] == "pending"
    assert {state: set(after) for state, after in machine["table"].items()} == spec.FOLLOWING
    assert list(machine["table"]) == list(spec.STATES)
    assert machine["phases"] == spec.PHASES


def test_a_header_says_where_the_session_came_from():
    """Everything that is known of a session's origin is in its header, and comes back."""
    header = new_header(
        CREATION_MACHINE,
        "live-1 (fork)",
        "http://127.0.0.1:8321",
        CREATED,
        programs={"exlab-wizard": "0.1"},
        session_id="c0ffee",
        kind="run",
        request={"operator": "Ada"},
        fork=Fork("c0ffee", 17),
    )
    assert read_header(encode_header(header)) == header
    assert header.programs["exlab-gui"] == __version__
    assert header.programs["exlab-wizard"] == "0.1"
    assert {"format": "exlab-recording", "version": 1}.items() <= json.loads(LINE).items()


def test_what_a_header_does_not_know_is_no_harm():
    """A field that this version does not know leaves the header readable."""
    assert read_header(changed(laboratory="B 12")) == HEADER
    assert read_header(b"\xef\xbb\xbf" + LINE) == HEADER


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"", "The file is empty."),
        (b"\r\n", "The first line is empty."),
        (b"\x89PNG\r\n\x1a\n\x00", "This is a PNG picture, not a recording."),
        (b"\x1f\x8b\x08\x00", "This is a gzip archive, not a recording."),
        (LINE.decode().encode("utf-16"), "This is text in UTF-16, not a recording."),
        (b"caf\xe9\n", "This is not UTF-8 text, from byte 3 on."),
        (b"Dear all,\n", "Not an exlab recording"),
        (b"[1, 2]\n", "Not an exlab recording"),
        (b"[" * 100_000, "Not an exlab recording"),
        (b'{"format":"exlab-scenario","version":1}', "Not an exlab recording"),
        (LINE[:300], "Not an exlab recording"),
        (changed(version="1"), "Not an exlab recording"),
        (changed(version=99), "version 99, but this program reads version 1. Open the recording"),
        (changed(version=0), "version 0"),
        (changed(machine=None), '"machine" is missing.'),
        (changed(created="yesterday"), '"created" is not a time'),
        (changed(machine={"initial": "a", "table": {}, "phases": {}}), "a."),
        (changed(machine={"initial": "a", "table": {"a": ["b"]}, "phases": {}}), "b."),
        (changed(machine=chain(61)), "61 states and 60 transitions"),
        (changed(machine=chain(3, "n" * 81)), "a state whose name is not 1 to 80 printable"),
        (changed(machine=chain(3, "\x1b[31m")), r'"\x1b[31m"'),
        (
            changed(machine={"initial": "a", "table": {"a": []}, "phases": {"a": "\u202e"}}),
            r'a phase whose name is not 1 to 80 printable characters: "\u202e".',
        ),
    ],
)
def test_another_file_is_refused_with_a_sentence(line, said):
    """What is not the beginning of a recording is refused, and the sentence says why."""
    with pytest.raises(TraceError, match=r"\.$") as refusal:
        read_header(line)
    assert said in str(refusal.value)


def test_states_are_recorded_as_text():
    """A machine is recorded by the values of its states, in the machine's order."""
    recorded = MachineData.of(CREATION_MACHINE)
    assert recorded.table["plugin_pass"] == ("input_required", "cache_write", "failed", "aborted")
