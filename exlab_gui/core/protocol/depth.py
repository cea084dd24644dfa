"""How deep JSON may be nested, and how much it may hold.

Whatever reads it or writes it again can then follow, and does not take long.
"""

from itertools import accumulate

MAX_DEPTH = 64
"""The objects and lists inside one another in a line of a recording, at most."""

MAX_MESSAGE_DEPTH = MAX_DEPTH - 4
"""Those in what a server sends, so that a line can hold it."""

_STEPS = {ord(bracket): 1 if bracket in "[{" else -1 for bracket in "[]{}"}
_OTHERS = bytes(set(range(256)) - _STEPS.keys())


def has_too_much(json: bytes, limit: int) -> bool:
    """Return whether `json` can have more than `limit` values: commas within texts count too."""
    return json.count(b",") + json.count(b"[") + json.count(b"{") > limit


def is_too_deep(json: bytes, limit: int = MAX_DEPTH) -> bool:
    """Return whether more than `limit` objects and lists are inside one another in `json`."""
    if json.count(b"{") + json.count(b"[") <= limit:
        return False
    # Without escapes, every other piece between quotation marks is a text. A regular expression
    # takes ten times as long.
    pieces = json.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')
    brackets = b"".join(pieces[::2]).translate(None, _OTHERS)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > limit
