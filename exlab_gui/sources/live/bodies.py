"""The bodies of a server's responses."""

import re
from collections.abc import Callable
from typing import TypeVar

from exlab_gui.core.protocol.depth import MAX_MESSAGE_DEPTH, is_too_deep
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.errors import NotUnderstoodError

T = TypeVar("T")

_SURROGATES = re.compile(
    rb"(\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
"""An escaped backslash or a pair of surrogates, as its group; or half a pair."""


def read_body(decode: Callable[[bytes], T], body: bytes, what: str) -> T:
    """Return what `decode` makes of `body`, which tells `what`. Raises NotUnderstoodError.

    All of it has to be JSON that is not nested too deep, also what `decode` skips or leaves raw.
    Half of a character in one name, which Python writes into JSON, leaves the rest as it is.
    """
    for readable in (bytes, _without_halves):
        try:
            body.decode()
            if not is_too_deep(body, MAX_MESSAGE_DEPTH):
                return decode(readable(body))
        except UNREADABLE:
            continue
    raise NotUnderstoodError(
        phrase("The server's {what} could not be understood.", what=what), body
    )


def _without_halves(body: bytes) -> bytes:
    """Return JSON with U+FFFD in place of each half of a pair of surrogates."""
    return _SURROGATES.sub(lambda found: found[1] or rb"\ufffd", body)


def too_long(what: str, body: bytes) -> NotUnderstoodError:
    return NotUnderstoodError(
        phrase("The server's {what} is too long to be read.", what=what), body
    )
