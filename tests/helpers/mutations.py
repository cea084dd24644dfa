"""Recordings of every sort, and what may happen to the bytes of one."""

import json
from collections.abc import Callable, Iterator
from random import Random

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Cancelled, Event, Mark, Origin, Reported, Resumed
from exlab_gui.core.trace import Recording, new_header
from tests.core.trace.kept import SHORT, START, file_bytes, recording

SPLICES: tuple[bytes, ...] = (
    *(
        b" ",
        b"\r",
        b"\t",
        b"\n",
        b"\n\n",
        b" \n",
        b"\r\n",
        b"\x00",
        b"\xff",
        b"\x0c",
        b"\xef\xbb\xbf",
    ),
    *(
        b"\xed\xa0\x80",
        b'"\\ud800"',
        b"NaN",
        b"Infinity",
        b"1e999",
        b"-0",
        b"1.0",
        b"01",
        b"9" * 30,
    ),
    *(b"{", b"}", b"[", b"]", b",", b'"', b"\\", b"{}", b"[]", b"null", b"true", b'""', b"[" * 70),
    *(b'"seq":1,', b'"seq":"1",', b'"seq":-5,', b'"at":"0001-01-01T00:00:00+14:00",'),
    *(b'"at":"2026-01-31T12:00:09Z",', b'"at":"2026-01-31T12:00:09",', b'"earliest":null,'),
    *(b'"earliest":"1969-01-01T00:00:00Z",', b'"earliest":"2026-01-31T11:59:00Z",'),
    *(b'"state":"done",', b'"state":"limbo",', b'"state":"\\u001b[2J",', b'"state":"validating",'),
    *(b'"origin":"observed",', b'"origin":"inferred",', b'"origin":"simulated",', b'"origin":"x",'),
    *(b'"mark":"loss",', b'"mark":"result",', b'"cause":{"cause":"explained","log":["x"]},'),
    *(b'"mark":"late",', b'"mark":"gap",', b'"mark":"x",', b'"mark":null,', b'"mark":["late"],'),
    *(b'"envelope":null,', b'"envelope":{"kind":"done","result":{}},', b'"envelope":{"kind":1},'),
    *(b'"wire":"",', b'"wire":"eyJraW5kIjoicGhhc2UifQ==",', b'"wire":"?",', b'"wire":null,'),
    *(b'"cause":{"cause":"cancelled","discard_files":true},', b'"cause":{"cause":"x"},'),
    *(b'"x":1,', b'"x":"\xff",', b'"x\xff":1,', b'"x":{"y":[1,{"z":null}]},', b'"x":"\\ud800",'),
)


def seeds() -> list[bytes]:
    """Return the bytes of short recordings that have everything that a recording can have."""
    observed = [
        Event(1, START, "pending", Origin.OBSERVED, earliest=START),
        Event(2, START, "validating", Origin.INFERRED),
        Event(3, START, "rendering", Origin.OBSERVED, PhaseEnvelope("rendering_template", "now")),
        Event(4, START, "rendering", Origin.OBSERVED, wire=b'{"kind": "lims",  "phase": 7}'),
        Event(5, START, "rendering", Origin.OBSERVED, wire=b"\xff"),
        Event(
            6,
            START,
            "rendering",
            Origin.OBSERVED,
            PhaseEnvelope("validating_inputs", "now"),
            mark=Mark.LATE,
        ),
        Event(7, START, "cache_write", Origin.OBSERVED, mark=Mark.GAP),
        Event(8, START, "cache_write", Origin.OBSERVED, WarningEnvelope("writing_cache", "=1+1")),
        Event(9, START, "cache_write", Origin.OBSERVED, ProgressEnvelope("writing_cache", 1, 2)),
        Event(10, START, "failed", Origin.OBSERVED, cause=Reported(error=Error("x", details=[1]))),
    ]
    asked = recording("validating", "rendering", "plugin_pass", "input_required", "plugin_pass")
    answered = list(asked.events)
    last = answered[-2]
    answered[-2] = Event(
        last.seq, last.at, last.state, last.origin, last.envelope, Resumed({"sample_id": "S"})
    )
    ended = [
        Event(1, START, "pending", Origin.SIMULATED),
        Event(2, START, "aborted", Origin.SIMULATED, cause=Cancelled(True)),
    ]
    way = ("validating", "rendering", "plugin_pass", "cache_write", "post_validate")
    done = [
        *(walked := recording(*way, "sync_queued").events),
        Event(
            len(walked) + 1,
            walked[-1].at,
            "done",
            Origin.SIMULATED,
            DoneEnvelope({"path": "/a b", "n": [1.5]}),
        ),
    ]
    failed = [
        Event(1, START, "pending", Origin.SIMULATED),
        Event(2, START, "failed", Origin.SIMULATED, FailedEnvelope(None, Error("x", "m", "f"))),
    ]
    header = new_header(CREATION_MACHINE, "live-1", "http://127.0.0.1:1", START)
    histories = (observed, answered, ended, done, failed)
    kept = [file_bytes(SHORT), *(file_bytes(Recording(header, events)) for events in histories)]
    spaced = b"".join(
        json.dumps(json.loads(line)).encode() + b"\n" for line in kept[1].split(b"\n")[:-1]
    )
    return [*kept, spaced, kept[2].replace(b"\n", b"\r\n")]


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with a few of the things done to it that happen to files, or are done."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(_MUTATIONS)(data, random)
    return data


def _splice(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(SPLICES) + data[at:]


def _splice_key(data: bytes, random: Random) -> bytes:
    """Put something at the beginning or the end of an object in a line."""
    lines = data.split(b"\n")
    index = random.randrange(len(lines))
    line, more = lines[index], random.choice(SPLICES)
    if random.random() < 0.5:
        lines[index] = line.replace(b"{", b"{" + more, 1)
    else:
        lines[index] = b"".join((line[:-1], b",", more.rstrip(b","), line[-1:]))
    return b"\n".join(lines)


def _cut(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.choice((1, 1, 2, 5, 40)) :]


def _truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _flip(data: bytes, random: Random) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return b"".join((data[:at], bytes([random.randrange(256)]), data[at + 1 :]))


def _lines(change: Callable[[list[bytes], int, int], object]) -> Callable[[bytes, Random], bytes]:
    def mutation(data: bytes, random: Random) -> bytes:
        lines = data.splitlines(keepends=True)
        if len(lines) > 2:
            change(lines, random.randrange(1, len(lines)), random.randrange(1, len(lines)))
        return b"".join(lines)

    return mutation


def _swap(lines: list[bytes], one: int, other: int) -> None:
    lines[one], lines[other] = lines[other], lines[one]


def _copy(lines: list[bytes], one: int, other: int) -> None:
    lines.insert(one, lines[other])


def _drop(lines: list[bytes], one: int, _: int) -> None:
    del lines[one]


def _join(lines: list[bytes], one: int, _: int) -> None:
    lines[one] = lines[one].rstrip(b"\r\n")


def _respell(lines: list[bytes], one: int, _: int) -> None:
    """Write a line with other blanks and escapes."""
    try:
        lines[one] = json.dumps(json.loads(lines[one])).encode() + b"\n"
    except (ValueError, RecursionError):
        lines[one] = b" " + lines[one]


_MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_splice, _splice_key, _splice_key, _cut, _truncate, _flip),
    *map(_lines, (_swap, _copy, _drop, _join, _respell)),
)


def mutants(random: Random, count: int) -> Iterator[bytes]:
    """Yield `count` recordings to which something was done."""
    kept = seeds()
    for _ in range(count):
        yield mutated(random.choice(kept), random)
