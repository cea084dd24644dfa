"""How deep JSON may be nested, so that whatever reads it or writes it again can follow."""

import re
from itertools import accumulate

MAX_DEPTH = 64
"""The objects and lists inside one another in a line of a recording, at most."""

MAX_MESSAGE_DEPTH = MAX_DEPTH - 4
"""Those in what a server sends, so that a line can hold it."""

_TEXTS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_STEPS = {ord(bracket): 1 if bracket in "[{" else -1 for bracket in "[]{}"}
_OTHERS = bytes(set(range(256)) - _STEPS.keys())


def is_too_deep(json: bytes, limit: int = MAX_DEPTH) -> bool:
    """Return whether more than `limit` objects and lists are inside one another in `json`."""
    if json.count(b"{") + json.count(b"[") <= limit:
        return False
    brackets = _TEXTS.sub(b"", json).translate(None, _OTHERS)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > limit
