"""A reader and judge of recordings, written from ``docs/recordings.md`` with nothing but json.

It is slow, simple, and shares no code with the program, so that the two can be held together.
"""

import base64
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

MAX_LENGTH, MAX_DEPTH, MAX_STATES, MAX_TRANSITIONS, MAX_NAME = 524_288, 64, 60, 200, 80
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
INT64 = range(-(2**63), 2**63)
UNSHOWN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}

BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):?(\d\d)?)"
)


class UnclearError(Exception):
    """The format does not say what such a line means.

    It has a key twice, half a character, or a number without end.
    """


class BadError(Exception):
    """A line that cannot be read, or a file."""


class Number(str):
    """A number as it is written."""

    __slots__ = ()


class Machine(NamedTuple):
    initial: str
    table: dict[str, list[str]]
    phases: dict[str, str | None]

    def emits(self, state: str) -> str | None:
        """Return what entering `state` emits, as the page says below the header."""
        phase = self.phases.get(state)
        if state == "failed":
            return "failed"
        if state == self.initial or phase is None:
            return None
        return phase if phase in ("input_required", "done") else "phase"

    @property
    def terminal(self) -> set[str]:
        return {state for state, following in self.table.items() if not following}

    def shortest(self, start: str, goal: str) -> int:
        """Return how many walks of the fewest steps lead from `start` to `goal`."""
        walks = {start: 1}
        for _ in self.table:
            onward: dict[str, int] = {}
            for state, count in walks.items():
                for following in set(self.table.get(state, ())):
                    onward[following] = onward.get(following, 0) + count
            if goal in onward:
                return onward[goal]
            walks = onward
        return 0

    def tells(self, envelope: dict[str, Any]) -> str | None:
        """Return the state that a message tells of."""
        if envelope["kind"] in ("phase", "progress", "warning"):
            name = envelope["phase"]
        else:
            name = envelope["kind"]
        kinds = [s for s in self.table if self.emits(s) == name and name != "phase"]
        phases = [s for s in self.table if self.phases.get(s) == name]
        return (kinds[-1:] or phases[:1] or [None])[0]


class Event(NamedTuple):
    seq: int
    at: datetime
    state: str
    origin: str
    envelope: dict[str, Any] | None
    is_bare: bool  # nothing was emitted
    said: Any  # the message, whether it was understood or not
    mark: str | None


class Read(NamedTuple):
    """A file: its machine, its events, and the numbers of the lines that cannot be read."""

    machine: Machine
    events: list[Event]
    bad: list[int]


def read(data: bytes) -> Read | None:
    """Return what is in a file, or None if it is refused. Raises UnclearError."""
    first, *lines = data.split(b"\n")
    events, bad = [], []
    try:
        machine, is_of_our_time = _header(first.removeprefix(b"\xef\xbb\xbf"))
    except BadError:
        return None
    if not is_of_our_time:
        bad.append(1)
    for number, line in enumerate(lines, 2):
        try:
            if line.strip() and (event := _event(line)):
                events.append(event)
        except BadError:
            bad.append(number)
    return Read(machine, events, bad)


def parse(line: bytes) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(found)) < len(found):
            raise UnclearError("a key twice")
        return dict(found)

    def refuse(constant: str) -> None:
        raise BadError(constant)

    if len(line) > MAX_LENGTH:
        raise BadError("too long")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise BadError("not UTF-8") from None
    if re.search(r"\\u[dD][89a-fA-F]", text):
        raise UnclearError("half a character")
    if re.search(r"\d{19}|[eE][+-]?\d{3}", text):
        raise UnclearError("a number without end")
    try:
        value = json.loads(
            text,
            object_pairs_hook=pairs,
            parse_int=Number,
            parse_float=Number,
            parse_constant=refuse,
        )
    except (ValueError, RecursionError):
        raise BadError("not JSON") from None
    if _depth(value) > MAX_DEPTH:
        raise BadError("too deep")
    return value


def _depth(value: Any) -> int:
    if not isinstance(value, dict | list):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0)


def _need(condition: object) -> None:
    if not condition:
        raise BadError


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Number)


def _texts(value: Any, *, or_null: bool = False) -> bool:
    return isinstance(value, dict) and all(
        _is_text(text) or (or_null and text is None) for text in value.values()
    )


def _whole(value: Any) -> int:
    if not isinstance(value, Number) or not re.fullmatch(r"-?\d+", value):
        raise BadError
    return int(value)


def _time(value: Any, *, of_any_year: bool = False) -> datetime:
    found = TIME.fullmatch(value) if _is_text(value) else None
    _need(found and value.isascii())
    assert found
    try:
        at = datetime.fromisoformat(_plain(found))
        _need(of_any_year or EARLIEST <= at <= LATEST)
    except (ValueError, OverflowError):
        raise BadError from None
    return at


def _plain(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = found.groups()
    if fraction and len(fraction) > 6:
        raise UnclearError("what is rounded")
    if sign and int(minutes or 0) > 59:
        raise BadError
    zone = f"{sign}{hours}:{minutes or '00'}" if sign else "+00:00"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}.{(fraction or '0'):0<6}{zone}"


def _is_name(text: str) -> bool:
    return 1 <= len(text) <= MAX_NAME and not {unicodedata.category(c) for c in text} & UNSHOWN


@lru_cache(16)
def _header(line: bytes) -> tuple[Machine, bool]:
    """Return the machine, and whether the session began at a time that can be shown."""
    _need(line.strip())
    header = parse(line)
    _need(isinstance(header, dict))
    _need(header.get("format") == "exlab-recording" and _is_text(header["format"]))
    _need("version" in header and _whole(header["version"]) == 1)
    for key in ("label", "source", "created", "programs", "machine"):
        _need(key in header)
    _need(_is_text(header["label"]) and _is_text(header["source"]))
    is_of_our_time = EARLIEST <= _time(header["created"], of_any_year=True) <= LATEST
    _need(_texts(header["programs"]))
    for key in ("session_id", "kind"):
        _need(header.get(key) is None or _is_text(header[key]))
    _need(isinstance(header.get("request", {}), dict))
    if header.get("fork") is not None:
        _need(isinstance(header["fork"], dict) and _is_text(header["fork"].get("of")))
        _need(_whole(header["fork"].get("seq")) in INT64)
    machine = header["machine"]
    _need(isinstance(machine, dict))
    initial, table, phases = (machine.get(key) for key in ("initial", "table", "phases"))
    _need(_is_text(initial) and isinstance(table, dict) and _texts(phases, or_null=True))
    for following in table.values():
        _need(isinstance(following, list) and all(map(_is_text, following)))
        _need(set(following) <= table.keys())
    _need(initial in table and len(table) <= MAX_STATES)
    _need(sum(len(set(following)) for following in table.values()) <= MAX_TRANSITIONS)
    _need(all(map(_is_name, [*table, *filter(None, phases.values())])))
    return Machine(initial, table, phases), is_of_our_time


def _event(line: bytes) -> Event | None:
    said = parse(line)
    _need(isinstance(said, dict))
    if "seq" not in said:
        return None
    _need(said.keys() >= {"at", "state", "origin"})
    seq = _whole(said["seq"])
    _need(seq in INT64)
    _need(_is_text(said["state"]))
    if len(said["state"]) > MAX_NAME:
        raise UnclearError("a name that is cut")
    _need(_is_text(said["origin"]) and said["origin"] in ("simulated", "observed", "inferred"))
    if said.get("earliest") is not None:
        _time(said["earliest"])
    wire = said.get("wire")
    if wire is not None:
        _need(_is_text(wire) and BASE64.fullmatch(wire))
        wire = base64.b64decode(wire)
    message = said.get("envelope")
    envelope = message if is_envelope(message) else None
    if envelope is None and wire is not None:
        message = _message(wire)
    mark = said.get("mark")
    known = mark if _is_text(mark) and mark in ("late", "gap", "loss", "result") else None
    bare = said.get("envelope") is None and wire is None
    return Event(
        seq, _time(said["at"]), said["state"], said["origin"], envelope, bare, message, known
    )


def _message(wire: bytes) -> Any:
    try:
        return parse(wire)
    except BadError:
        if b"kind" in wire:
            raise UnclearError("a message in part") from None
        return None


def is_envelope(said: Any) -> bool:
    """Return whether `said` has the shape of one of the envelopes."""
    if not isinstance(said, dict) or not _is_text(said.get("kind")):
        return False
    try:
        match said["kind"]:
            case "phase":
                return _is_text(said["phase"]) and _is_text(said["at"])
            case "progress":
                _whole(said["current"]), _whole(said["total"])
                return _is_text(said["phase"])
            case "input_required":
                return True
            case "warning":
                return _is_text(said["phase"]) and _is_text(said["message"])
            case "done":
                return isinstance(said["result"], dict)
            case "failed":
                phase = said["phase"]
                return (phase is None or _is_text(phase)) and _is_error(said["error"])
    except (KeyError, BadError):
        pass
    return False


def is_odd(question: dict[str, Any]) -> bool:
    """Return whether a plugin's question does not conform."""
    fields = question.get("fields")
    if not isinstance(fields, list) or not all(map(_is_field, fields)):
        return True
    if len({field["id"] for field in fields}) < len(fields):
        return True
    return not (_is_text(question.get("reason")) and _is_text(question.get("plugin")))


def _is_field(said: Any) -> bool:
    if not isinstance(said, dict) or not (_is_text(said.get("id")) and _is_text(said.get("label"))):
        return False
    if "odd" in said:
        raise UnclearError("the program's own word")
    default, options = said.get("default"), said.get("options", [])
    if not (isinstance(options, list) and all(map(_is_text, options))):
        return False
    match said.get("type", "string"):
        case "string" | "text":
            fits = default is None or _is_text(default)
        case "choice":
            fits = bool(options) and (default is None or default in options)
        case "date":
            fits = default is None or _is_date(default)
        case "boolean":
            fits = default in (None, True, False, "true", "false")
        case _:
            fits = False
    return (
        fits
        and said["id"] != ""
        and isinstance(said.get("required", True), bool)
        and (said.get("hint") is None or _is_text(said["hint"]))
    )


def _is_date(text: Any) -> bool:
    try:
        return _is_text(text) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_error(said: Any) -> bool:
    return (
        isinstance(said, dict)
        and _is_text(said.get("code"))
        and _is_text(said.get("message", ""))
        and (said.get("field") is None or _is_text(said["field"]))
    )


def judge(machine: Machine, events: list[Event]) -> set[tuple[int, str]]:
    """Return which rules each event breaks or gives a note for, by its index."""
    found: set[tuple[int, str]] = set()
    state: str | None = None
    entered: set[str] = set()
    due, before = 1, datetime.min.replace(tzinfo=UTC)
    for index, event in enumerate(events):
        if event.seq != due:
            found.add((index, "number_missing" if event.seq > due else "number_repeated"))
        if event.at < before:
            found.add((index, "time_backwards"))
        rules = _late if event.mark == "late" else _event_rules
        lost = event.seq > due
        found |= {(index, rule) for rule in rules(machine, event, state, entered, lost)}
        match event.envelope:
            case {"kind": "progress", "current": current, "total": total}:
                if int(current) > int(total):
                    found.add((index, "progress_beyond_total"))
            case {"kind": "input_required"} if is_odd(event.envelope):
                found.add((index, "odd_question"))
        if enters(event, state) and state not in machine.terminal:
            state = event.state
            entered.add(state)
        due, before = max(due, event.seq + 1), event.at
    if state is not None and state not in machine.terminal:
        found.add((len(events) - 1, "never_ended"))
    return found


def enters(event: Event, state: str | None) -> bool:
    """Return whether `event` enters its state, as the page says under "How to read"."""
    if state is None:
        return True
    if event.mark == "late":
        return False
    if event.state != state:
        return True
    if event.envelope is None:
        return event.is_bare
    return event.envelope["kind"] not in ("progress", "warning")


def _late(
    machine: Machine, event: Event, state: str | None, entered: set[str], _lost: bool
) -> Iterator[str]:
    if event.state not in entered:
        yield "never_entered"
    elif event.envelope:
        told = machine.tells(event.envelope)
        if told is None:
            yield "wrong_phase"
        elif told not in entered:
            unknown = state not in machine.table
            came = any(machine.shortest(known, told) for known in entered)
            if event.origin == "simulated" or not (
                unknown or (came and machine.shortest(told, state or ""))
            ):
                yield "never_entered"


def _event_rules(
    machine: Machine, event: Event, state: str | None, _entered: set[str], lost: bool
) -> Iterator[str]:
    if state in machine.terminal:
        yield "event_after_end"
    elif event.state not in machine.table:
        if event.state != state:
            yield "unknown_state"
    else:
        yield from _transition(machine, event, state, lost)
        yield from _emission(machine, event, state, lost)


def _transition(machine: Machine, event: Event, state: str | None, lost: bool) -> Iterator[str]:
    may_skip = event.origin == "observed" or lost
    if state is None:
        if event.state == machine.initial:
            return
        if not may_skip:
            yield "illegal_transition"
            return
        state = machine.initial
    elif not enters(event, state) or state not in machine.table:
        return
    if event.state in machine.table[state]:
        return
    ways = machine.shortest(state, event.state) if may_skip else 0
    explained = ways == 1 or (ways and event.mark in ("gap", "result"))
    yield "states_skipped" if explained else "illegal_transition"


def _emission(machine: Machine, event: Event, state: str | None, lost: bool) -> Iterator[str]:
    due = machine.emits(event.state)
    said = event.said if isinstance(event.said, dict) else {}
    kind = event.envelope["kind"] if event.envelope else said.get("kind")
    kind = kind if _is_text(kind) else None
    strictly = event.origin == "simulated" and enters(event, state) and not lost
    if kind in ("phase", "input_required", "done", "failed"):
        wrong = kind != due
    elif kind in ("progress", "warning"):
        wrong = strictly or event.state in machine.terminal
    else:
        wrong = strictly and due is not None and event.is_bare
        kind = None
    if wrong:
        yield "wrong_envelope"
    elif kind in ("phase", "progress", "warning", "failed"):
        reporting = (state or machine.initial) if kind == "failed" else event.state
        phase = said.get("phase")
        if reporting in machine.table and (
            (phase if _is_text(phase) else None) != machine.phases.get(reporting)
        ):
            yield "wrong_phase"
