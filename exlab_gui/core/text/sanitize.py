"""Text from outside, made safe to show where it comes in.

Outside are servers, plugins, recordings, scenarios, other machines and the names of files. Names of
states and sessions, and sentences about what is wrong, are made safe as they are read or made, and
are safe wherever they stand. An event keeps exactly what its message says, which is sent back,
exported and recorded; the functions of this room that put it into words make it safe.
"""

import os
import re
import unicodedata

MAX_NAME = 80
"""No name of a state, a phase or a session is longer than this many characters."""

MAX_LENGTH = 400
"""No description of an event is longer than this many characters."""

MAX_SENTENCE = 2_000
"""No sentence about what is wrong is longer than this many characters."""

# Control, format and unassigned characters, lone surrogates, and what breaks a line.
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))

# Where a spreadsheet would begin a formula; one that parts cells by ";" would within a text too.
_FORMULA = re.compile(r"(^|;)(?=[-=+@\t\r\uff0b\uff0d\uff1d\uff20])")


class PlainError(Exception):
    """An error that is told to people: its message is a sentence that is safe to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sanitize(sentence, MAX_SENTENCE))


def sanitize(text: str, limit: int = MAX_LENGTH, *, keep: str = "") -> str:
    r"""Return `text` with unseen characters written out (``\n``), cut with … to `limit` characters.

    What comes back is one line, moves no cursor and changes no direction of writing; but for what
    is to `keep`. It may still hold markup: show it as plain text.
    """
    text = text[: limit + 1]
    if not text.isprintable():
        text = "".join(one if one in keep else _seen(one) for one in text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def as_cell(text: str) -> str:
    """Return `text` for a cell of a spreadsheet, so that it is not taken for a formula."""
    return _FORMULA.sub(r"\1'", text)


def error_text(error: BaseException) -> str:
    """Return what is told of any `error`: its message, or the name of its type if it has none."""
    return sanitize(str(error), MAX_SENTENCE, keep="\n") or type(error).__name__


def file_name(path: str | os.PathLike[str]) -> str:
    """Return the name of a file or a folder as it is shown, whatever characters it has."""
    name = os.fsencode(path).decode(errors="backslashreplace")
    return sanitize(name, 8 * len(name))


def _seen(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape").decode("ascii")
