"""How deep JSON may be nested, so that whatever reads it or writes it again can follow."""

import re

MAX_DEPTH = 64
"""The objects and lists inside one another in a line of a recording, at most."""

MAX_MESSAGE_DEPTH = MAX_DEPTH - 4
"""Those in what a server sends, so that a line can hold it."""

_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|([\[{])|[\]}]', re.DOTALL)


def is_too_deep(json: bytes, limit: int = MAX_DEPTH) -> bool:
    """Return whether more than `limit` objects and lists are inside one another in `json`."""
    if json.count(b"{") + json.count(b"[") <= limit:
        return False
    depth = 0
    for token in _TOKENS.finditer(json):
        if token[1]:
            depth += 1
            if depth > limit:
                return True
        elif token[0] in b"]}":
            depth -= 1
    return False
