"""Typed responses of a server, read from any bytes."""

import re
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Raw, structs

from exlab_gui.core.clock import can_be_shown, local_time
from exlab_gui.core.limits import LISTED_SESSIONS, LISTED_VALUES, MESSAGE_BYTES, MESSAGE_VALUES
from exlab_gui.core.protocol.depth import has_too_much
from exlab_gui.core.protocol.envelopes import Error, InputRequiredEnvelope
from exlab_gui.core.protocol.wire import UNREADABLE, read_envelope
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.server_health import component_lines, failing, missing_parts, setup_line
from exlab_gui.core.text.translation import joined, phrase
from exlab_gui.sources.live.bodies import read_body, too_long
from exlab_gui.sources.live.errors import NotUnderstoodError, ServerRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
from contextlib import suppress

T = TypeVar("T")

READY = "ready"
USABLE = {READY, "incomplete_lims_unreachable"}
"""Setup states in which a server opens sessions."""

KNOWN_MAJOR = {"creation_json": 1}
"""The newest supported major version of each schema."""

INTERNAL = 500
"""The status of an error within the server, which its log has more of."""

_USABLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,99}")
_MAJOR = re.compile(r"v?(\d{1,9})")


class Health(msgspec.Struct, frozen=True, dict=True):
    """The response to ``GET /health``; `missing` is what the setup still needs."""

    status: str
    version: str
    setup_state: str = READY
    schema_versions: dict[str, Any] = {}
    components: dict[str, Any] = {}
    missing: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """A line for each part of the server."""
        setup = "" if self.setup_state == READY else self.setup_state
        return setup_line(setup, self.missing), *component_lines(self.components)

    @property
    def is_set_up(self) -> bool:
        """Whether the setup lets sessions be made."""
        return self.setup_state in USABLE

    @cached_property
    def concerns(self) -> list[str]:
        """A sentence for each reason why the server is not usable now."""
        found: list[str] = []
        if not self.is_set_up:
            state = phrase("its setup is in state {state}", state=self.setup_state)
            if self.missing:
                state = phrase("still needed: {missing}", missing=", ".join(self.missing))
            found.append(phrase("ExLab-Wizard is not set up yet; {needs}.", needs=state))
        if self.status == "error":
            parts = "; ".join(failing(self.components))
            why = phrase("ExLab-Wizard reports an error and is not ready.")
            found.append(joined(filter(None, (why, parts))))
        if any(_major(self.schema_versions.get(k)) > known for k, known in KNOWN_MAJOR.items()) or (
            _major(self.version) > 0
        ):
            text = "ExLab-Wizard {version} is newer than supported. Update exlab-gui."
            found.append(phrase(text, version=self.version))
        return found


class Operation(msgspec.Struct, frozen=True):
    """A session as listed by ``GET /operations``."""

    id: str
    state: str
    started_at: str | None = None
    equipment_id: str | None = None
    project_short_id: str | None = None
    run_label: str | None = None
    plugin_name: str | None = None
    suspended_reason: str | None = None

    @property
    def started(self) -> datetime | None:
        """The time when the session was opened, in UTC; None if the server gives no valid one."""
        try:
            started = local_time(datetime.fromisoformat(self.started_at or ""), UTC)
        except ValueError:
            return None
        return started if can_be_shown(started) else None


class Listing(NamedTuple):
    """The listed sessions, and how many entries could not be understood, or were left out."""

    operations: list[Operation]
    misunderstood: int
    left_out: int


class Snapshot(msgspec.Struct, frozen=True):
    """The legible part of the response to ``GET /sessions/{id}``.

    `discard_files`: whether a cancel asked to delete its files. `wire`: the question as it came, if
    that says more. `misunderstood` names the fields that do not have the shape of the contract.
    """

    session_id: str
    state: str
    pending_input: InputRequiredEnvelope | None = None
    error: Error | None = None
    result: dict[str, Any] | None = None
    discard_files: bool | None = None
    wire: bytes | None = None
    misunderstood: tuple[str, ...] = ()


class _Operations(msgspec.Struct):
    operations: list[Operation]


class _Entries(msgspec.Struct):
    operations: list[Raw]


class _Snapshot(msgspec.Struct):
    session_id: str
    state: str
    pending_input: Raw = Raw(b"null")
    error: Any = None
    result: Any = None


class _RefusalError(Error, frozen=True):
    missing: Any = None


class _Refusal(msgspec.Struct):
    error: _RefusalError


_decode_operations = msgspec.json.Decoder(_Operations).decode
_decode_entries = msgspec.json.Decoder(_Entries).decode
_decode_operation = msgspec.json.Decoder(Operation).decode
_decode_snapshot = msgspec.json.Decoder(_Snapshot).decode
_decode_health = msgspec.json.Decoder(Health).decode
_decode_object = msgspec.json.Decoder(dict[str, Any]).decode
_decode_refusal = msgspec.json.Decoder(_Refusal).decode


def read_health(body: bytes) -> Health:
    """Return the health in `body`. Raises NotUnderstoodError."""
    raw = read_body(_decode_health, body, "health")
    names = {"version": _named(raw.version), "setup_state": _named(raw.setup_state)}
    return structs.replace(raw, **names, missing=())


def read_operations(body: bytes) -> Listing:
    """Return the list of sessions in `body`. Raises NotUnderstoodError if it is none."""
    what = phrase("list of sessions")
    if has_too_much(body, LISTED_VALUES):
        raise too_long(what, body)
    listed: Sequence[Operation | None]
    try:
        body.decode()
        listed = _decode_operations(body).operations
    except UNREADABLE:
        entries = read_body(_decode_entries, body, what).operations
        listed = [_operation(entry) for entry in entries[:LISTED_SESSIONS]]
        left_out = len(entries) - len(listed)
    else:
        left_out = max(len(listed) - LISTED_SESSIONS, 0)
        listed = listed[:LISTED_SESSIONS]
    names: dict[str, str] = {}
    usable = []
    for one in listed:
        if one is not None and is_usable_id(one.id):
            name = names.get(one.state) or names.setdefault(one.state, _named(one.state))
            usable.append(one if name == one.state else structs.replace(one, state=name))
    return Listing(usable, len(listed) - len(usable), left_out)


def _operation(entry: Raw) -> Operation | None:
    try:
        return _decode_operation(entry)
    except UNREADABLE:
        return None


def read_snapshot(body: bytes) -> Snapshot:
    """Return the snapshot in `body`. Raises NotUnderstoodError."""
    what = phrase("response about the session")
    if len(body) > MESSAGE_BYTES or has_too_much(body, MESSAGE_VALUES):
        raise too_long(what, body)
    raw = read_body(_decode_snapshot, body, what)
    question, wire = _read_question(bytes(raw.pending_input))
    shapes: dict[str, tuple[Any, Any]] = {
        "error": (raw.error, Error),
        "result": (raw.result, dict[str, Any]),
    }
    read = {name: _converted(value, shape) for name, (value, shape) in shapes.items()}
    missed = [name for name in shapes if shapes[name][0] is not None and read[name] is None]
    if question is None and bytes(raw.pending_input) != b"null":
        missed.append("pending_input")
    read["error"] = read["error"] or _abandonment(raw.result)
    discard = raw.error.get("discard_files") if isinstance(raw.error, dict) else None
    return Snapshot(
        raw.session_id,
        _named(raw.state),
        question,
        **read,
        discard_files=discard if isinstance(discard, bool) else None,
        wire=wire,
        misunderstood=tuple(missed),
    )


def _abandonment(result: Any) -> Error | None:
    """Return the error of an abandoned session, which has its reason under `result`."""
    error = _converted(result, Error)
    reason = result.get("reason") if isinstance(result, dict) else None
    if error is None or error.message or not isinstance(reason, str):
        return error
    return structs.replace(error, message=reason)


def _read_question(pending: bytes) -> tuple[InputRequiredEnvelope | None, bytes | None]:
    """Return the question in `pending`, and it with its kind as an envelope if that says more."""
    try:
        said = msgspec.json.decode(pending)
    except UNREADABLE:  # a number that is too large
        return None, None
    if not isinstance(said, dict):
        return None, None
    if "kind" not in said:  # the payload stands there with its kind, or without
        rest = pending.partition(b"{")[2]
        pending = b'{"kind":"input_required"' + (b"," if said else b"") + rest
    elif said["kind"] != "input_required":
        pending = msgspec.json.encode({**said, "kind": "input_required"})
    question, wire = read_envelope(pending)
    return (question, wire) if isinstance(question, InputRequiredEnvelope) else (None, None)


def read_refusal(body: bytes, status: int) -> ServerRefusedError:
    """Return the error in `body`, sent with the HTTP `status`."""
    try:
        error = read_body(_decode_refusal, body, "refusal").error
    except NotUnderstoodError:
        why = phrase("The server answered with HTTP status {status}.", status=status)
        return ServerRefusedError(why, status)
    sentence = error.message or error.code
    details = error.details if isinstance(error.details, dict) else {}
    more = []
    if parts := missing_parts(error.missing or details.get("missing")):
        more.append(phrase("Still needed: {missing}.", missing=", ".join(parts)))
    if status == INTERNAL and error.trace_id:
        more.append(phrase("The server's log has more under {id}.", id=error.trace_id))
    sentence = joined((f"{sentence.rstrip('.')}.", *more)) if more else sentence
    return ServerRefusedError(sentence, status, error.code, error.field)


def read_missing(body: bytes) -> tuple[str, ...]:
    """Return what the response to ``GET /setup/status`` says is still needed."""
    with suppress(NotUnderstoodError):
        return missing_parts(read_body(_decode_object, body, "setup").get("missing"))
    return ()


def is_usable_id(session_id: str) -> bool:
    """Return whether `session_id` can stand in a URL as it is."""
    return _USABLE_ID.fullmatch(session_id) is not None


def _named(name: str) -> str:
    return sanitize(name, MAX_NAME)


def _converted(value: Any, shape: type[T]) -> T | None:
    with suppress(*UNREADABLE, OverflowError):
        return None if value is None else msgspec.convert(value, shape)
    return None


def _major(version: Any) -> int:
    found = _MAJOR.match(version) if isinstance(version, str) else None
    return int(found[1]) if found else 0
