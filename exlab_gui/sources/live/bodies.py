"""The bodies of a server's responses."""

from collections.abc import Callable
from typing import TypeVar

from exlab_gui.core.protocol.depth import MAX_MESSAGE_DEPTH, is_too_deep
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.errors import NotUnderstoodError

T = TypeVar("T")


def read_body(decode: Callable[[bytes], T], body: bytes, what: str) -> T:
    """Return what `decode` makes of `body`, which tells `what`. Raises NotUnderstoodError.

    All of it has to be JSON that is not nested too deep, also what `decode` skips or leaves raw.
    """
    try:
        body.decode()
        if not is_too_deep(body, MAX_MESSAGE_DEPTH):
            return decode(body)
    except UNREADABLE:
        pass
    raise NotUnderstoodError(
        phrase("The server's {what} could not be understood.", what=what), body
    )


def too_long(what: str, body: bytes) -> NotUnderstoodError:
    return NotUnderstoodError(
        phrase("The server's {what} is too long to be read.", what=what), body
    )
