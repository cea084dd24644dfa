"""The first line of a recording: what it is, where it came from, and its whole state machine."""

import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from exlab_gui import __version__
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.machine_data import MachineData
from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.depth import MAX_DEPTH, is_too_deep
from exlab_gui.core.protocol.events import Instant, Number
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.sanitize import MAX_NAME, PlainError, sanitize
from exlab_gui.core.text.showable import why_not_shown
from exlab_gui.core.text.translation import phrase

FORMAT = "exlab-recording"
VERSION = 1
"""The version that is written, and the only one that is read."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_OTHER_FILES = {
    b"\x89PNG": phrase("a PNG picture"),
    b"\xff\xd8\xff": phrase("a JPEG picture"),
    b"GIF8": phrase("a GIF picture"),
    b"%PDF": phrase("a PDF document"),
    b"PK\x03\x04": phrase("a ZIP archive"),
    b"\x1f\x8b": phrase("a gzip archive"),
    b"\xff\xfe": phrase("text in UTF-16"),
    b"\xfe\xff": phrase("text in UTF-16"),
}


class TraceError(PlainError):
    """A file cannot be shown as a recording; the message says why, in one sentence."""


class Fork(msgspec.Struct, frozen=True):
    """The origin of a forked session: the events of session `of` up to number `seq`."""

    of: str
    seq: Number


class Header(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The description of a recorded session.

    `label` is the session's short name; `source` is ``simulated`` or a server's address. `created`
    is when it began, in UTC. `programs` gives the version of each program that took part.
    `session_id`, `kind` and `request` are those of §4.4.7, if they are known. Recordings with one
    `session_id` are of one session, whatever `source` says: each computer has its own address.
    """

    # A factory's value counts as said: omit_defaults does not leave it out.
    format: str = msgspec.field(default_factory=lambda: FORMAT)
    version: int = msgspec.field(default_factory=lambda: VERSION)
    label: str
    source: str
    created: Instant
    programs: dict[str, str]
    machine: MachineData
    session_id: str | None = None
    kind: str | None = None
    request: dict[str, Any] = {}
    fork: Fork | None = None


class _Opening(msgspec.Struct):
    format: Literal["exlab-recording"]
    version: int


_decode_opening = msgspec.json.Decoder(_Opening).decode
_decode_header = msgspec.json.Decoder(Header).decode


def new_header(
    machine: StateMachine,
    label: str,
    source: str,
    created: datetime,
    *,
    programs: Mapping[str, str] | None = None,
    session_id: str | None = None,
    kind: str | None = None,
    request: Mapping[str, Any] | None = None,
    fork: Fork | None = None,
) -> Header:
    """Return the header of a new recording; `programs` adds to this one and Python."""
    own = {"exlab-gui": __version__, "python": platform.python_version()}
    return Header(
        label=label,
        source=source,
        created=created.astimezone(UTC),
        programs=own | dict(programs or {}),
        machine=MachineData.of(machine),
        session_id=session_id,
        kind=kind,
        request=dict(request or {}),
        fork=fork,
    )


def encode_header(header: Header) -> bytes:
    """Return the line that holds `header`, with its line break."""
    return msgspec.json.encode(header) + b"\n"


def read_header(line: bytes) -> Header:
    """Return what `line`, the beginning of a file up to its first line break, says.

    Raises TraceError if it is not the header of a recording that this program can read.
    """
    line = line.removeprefix(_BYTE_ORDER_MARK)
    if not line.strip():
        raise TraceError(
            phrase("The file is empty.") if not line else phrase("The first line is empty.")
        )
    _assert_recording(line)
    if is_too_deep(line):
        raise TraceError(
            phrase(
                "The first line has more than {max_depth} objects and lists inside one another.",
                max_depth=MAX_DEPTH,
            )
        )
    try:
        header = _decode_header(line)
        machine = header.machine.restored()
    except UNREADABLE as error:
        fault = decode_fault(error)
        raise TraceError(
            phrase("The first line is not that of a recording: {fault}.", fault=fault)
        ) from None
    except ValueError as error:
        fault = sanitize(str(error))
        raise TraceError(
            phrase("The first line is not that of a recording: {fault}.", fault=fault)
        ) from None
    if reason := why_not_shown(machine):
        raise TraceError(phrase("The state machine {reason}.", reason=reason))
    return _safe(header)


def _assert_recording(line: bytes) -> None:
    for beginning, what in _OTHER_FILES.items():
        if line.startswith(beginning):
            raise TraceError(phrase("This is {what}, not a recording.", what=what))
    try:
        line.decode()
    except UnicodeDecodeError as error:
        raise TraceError(
            phrase("This is not UTF-8 text, from byte {start} on.", start=error.start)
        ) from None
    try:
        version = _decode_opening(line).version
    except UNREADABLE:
        first = f'{{"format":"{FORMAT}","version":{VERSION}, …}}'
        raise TraceError(
            phrase("Not an exlab recording: the first line must be {first}.", first=first)
        ) from None
    if version > VERSION:
        raise TraceError(
            phrase(
                "The format has version {version}, but this program reads version {known}. "
                "Open the recording with a newer version of exlab-gui.",
                version=version,
                known=VERSION,
            )
        )
    if version != VERSION:
        raise TraceError(
            phrase(
                "The format has version {version}, but this program reads version {known}.",
                version=version,
                known=VERSION,
            )
        )


def _safe(header: Header) -> Header:
    """Return `header` with names that are safe to show; what its request says stays exact."""

    def name(text: str) -> str:
        return sanitize(text, MAX_NAME)

    fork = header.fork
    return msgspec.structs.replace(
        header,
        label=name(header.label),
        source=name(header.source),
        programs={name(program): name(number) for program, number in header.programs.items()},
        fork=fork and msgspec.structs.replace(fork, of=name(fork.of)),
    )
