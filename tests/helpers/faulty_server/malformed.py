"""What no server should send, by name: for tests, and to see what the monitor makes of it."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from exlab_gui.core.text.suggest import unknown_name_message

Message = bytes | str
"""A message of the stream: bytes go as a binary message, text as a text message."""

_HOSTILE = "<b onload=alert(1)>bold</b> \x1b[31mred\x1b[0m \u202egnp.exe \x00 \ud800 \u2028 &amp;"

_MAKERS: Mapping[str, Callable[[], Message]] = {
    "empty": lambda: b"",
    "malformed": lambda: b'{"kind": "phase", "phase": "rendering_template", ',
    "html": lambda: b"<!doctype html><title>Printer</title><h1>Paper jam</h1>",
    "list": lambda: b'[{"kind": "phase"}, 2, 3]',
    "null": lambda: b"null",
    "no_kind": lambda: b'{"phase": "rendering_template", "at": "2026-01-31T12:00:00Z"}',
    "unknown_kind": lambda: b'{"kind": "lims_registered", "lims": {"id": 17, "new": true}}',
    "unknown_phase": lambda: b'{"kind": "phase", "phase": "brewing", "at": "2026-01-31T12:00:00Z"}',
    "unknown_field": lambda: (
        b'{"kind": "warning", "phase": "running_plugins", "message": "Low.", "level": 3}'
    ),
    "wrong_types": lambda: b'{"kind": "phase", "phase": 7, "at": ["now"], "state": {}}',
    "twice": lambda: (
        b'{"kind": "done", "kind": "warning", "phase": "running_plugins", "message": "Twice."}'
    ),
    "text": lambda: '{"kind": "warning", "phase": "running_plugins", "message": "As text."}',
    "not_utf8": lambda: b'{"kind": "warning", "phase": "running_plugins", "message": "\xff\xfe"}',
    "surrogate": lambda: (
        b'{"kind": "warning", "phase": "running_plugins", "message": "\\ud800 alone"}'
    ),
    "raw_surrogate": lambda: (
        b'{"kind": "warning", "phase": "running_plugins", "message": "\xed\xa0\x80"}'
    ),
    "hostile": lambda: _warning(_HOSTILE),
    "big_number": lambda: (
        b'{"kind": "progress", "phase": "running_plugins", "current": 1,'
        b' "total": 36893488147419103232}'
    ),
    "huge_number": lambda: (
        b'{"kind": "progress", "phase": "running_plugins", "current": 1e999, "total": 1'
        + b"0" * 5000
        + b"}"
    ),
    "not_a_number": lambda: b'{"kind": "progress", "current": NaN, "total": Infinity}',
    "deep": lambda: b'{"kind": "done", "result": {"path": ' + b"[" * 10_000 + b"]" * 10_000 + b"}}",
    "huge": lambda: _warning("ten million " * 870_000),
    "too_large": lambda: _warning("x" * (17 * 2**20)),
}

RUBBISH: Final = tuple(_MAKERS)
"""The names of all there is."""


def assert_rubbish(names: Iterable[str]) -> None:
    """Raise ValueError where one of `names` is none of `RUBBISH`."""
    for name in names:
        if name not in RUBBISH:
            raise ValueError(unknown_name_message(name, RUBBISH, "rubbish"))


@cache
def rubbish(name: str) -> Message:
    """Return the rubbish of that name. Raises KeyError where there is none."""
    return _MAKERS[name]()


def _warning(text: str) -> bytes:
    # Not by msgspec, which encodes no lone surrogates.
    envelope = {"kind": "warning", "phase": "running_plugins", "message": text}
    return json.dumps(envelope).encode()
