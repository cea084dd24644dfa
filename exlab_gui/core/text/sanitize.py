"""Text from outside, made safe to show: in a window, a terminal or a file that people read."""

import unicodedata

MAX_NAME = 80
"""No name (of a state, a phase, a session) is longer than this many characters."""

MAX_LENGTH = 400
"""No description is longer than this many characters."""

# Control, format and unassigned characters, lone surrogates, and what breaks a line.
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))


def sanitize(text: str, limit: int = MAX_LENGTH) -> str:
    r"""Return `text` with unseen characters written out (``\n``), cut with … to `limit` characters.

    What comes back is one line, moves no cursor and changes no direction of writing. It may still
    hold markup: show it as plain text.
    """
    text = text[: limit + 1]
    if not text.isprintable():
        text = "".join(_seen(character) for character in text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _seen(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape").decode("ascii")
