"""The header and the events of a file."""

import base64
import re
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from tests.fuzz.reference.envelopes import is_envelope
from tests.fuzz.reference.parsing import (
    EARLIEST,
    INT64,
    LATEST,
    MAX_NAME,
    MAX_STATES,
    MAX_TRANSITIONS,
    BadError,
    UnclearError,
    is_name,
    is_text,
    need,
    parse,
    texts,
    time_of,
    whole,
)

BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


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


@lru_cache(16)
def _header(line: bytes) -> tuple[Machine, bool]:
    """Return the machine, and whether the session began at a time that can be shown."""
    need(line.strip())
    header = parse(line)
    need(isinstance(header, dict))
    need(header.get("format") == "exlab-recording" and is_text(header["format"]))
    need("version" in header and whole(header["version"]) == 1)
    for key in ("label", "source", "created", "programs", "machine"):
        need(key in header)
    need(is_text(header["label"]) and is_text(header["source"]))
    is_of_our_time = EARLIEST <= time_of(header["created"], of_any_year=True) <= LATEST
    need(texts(header["programs"]))
    for key in ("session_id", "kind"):
        need(header.get(key) is None or is_text(header[key]))
    need(isinstance(header.get("request", {}), dict))
    if header.get("fork") is not None:
        need(isinstance(header["fork"], dict) and is_text(header["fork"].get("of")))
        need(whole(header["fork"].get("seq")) in INT64)
    machine = header["machine"]
    need(isinstance(machine, dict))
    initial, table, phases = (machine.get(key) for key in ("initial", "table", "phases"))
    need(is_text(initial) and isinstance(table, dict) and texts(phases, or_null=True))
    for following in table.values():
        need(isinstance(following, list) and all(map(is_text, following)))
        need(set(following) <= table.keys())
    need(initial in table and len(table) <= MAX_STATES)
    need(sum(len(set(following)) for following in table.values()) <= MAX_TRANSITIONS)
    need(all(map(is_name, [*table, *filter(None, phases.values())])))
    return Machine(initial, table, phases), is_of_our_time


@lru_cache(50_000)
def _event(line: bytes) -> Event | None:
    said = parse(line)
    need(isinstance(said, dict))
    if "seq" not in said:
        return None
    need(said.keys() >= {"at", "state", "origin"})
    seq = whole(said["seq"])
    need(seq in INT64)
    need(is_text(said["state"]))
    if len(said["state"]) > MAX_NAME:
        raise UnclearError("a name that is cut")
    need(is_text(said["origin"]) and said["origin"] in ("simulated", "observed", "inferred"))
    if said.get("earliest") is not None:
        time_of(said["earliest"])
    wire = said.get("wire")
    if wire is not None:
        need(is_text(wire) and BASE64.fullmatch(wire))
        wire = base64.b64decode(wire)
    message = said.get("envelope")
    envelope = message if is_envelope(message) else None
    if wire is not None:
        came = _message(wire)
        if envelope is None or _is_question(came):
            message = came  # of a question, the envelope has only what was understood
    mark = said.get("mark")
    known = mark if is_text(mark) and mark in ("late", "gap", "loss", "result") else None
    bare = said.get("envelope") is None and wire is None
    return Event(
        seq, time_of(said["at"]), said["state"], said["origin"], envelope, bare, message, known
    )


def _is_question(message: Any) -> bool:
    return is_envelope(message) and bool(message["kind"] == "input_required")


def _message(wire: bytes) -> Any:
    try:
        return parse(wire)
    except BadError:
        if b"kind" in wire:
            raise UnclearError("a message in part") from None
        return None
