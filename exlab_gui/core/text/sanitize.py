"""Text from outside, made safe to show when it comes in.

Outside are servers, plugins, recordings, scenarios, other machines and the names of files. Names of
states and sessions, and sentences about errors, are made safe when they are read or made. An event
keeps its message unchanged, to be sent back, exported and recorded; the functions of this package
that describe it make it safe.
"""

import os
import re
import unicodedata
from collections.abc import Iterable

from exlab_gui.core.text.translation import Phrase

MAX_NAME = 80  # characters of the name of a state, a phase or a session
MAX_LENGTH = 400  # of the description of an event
MAX_SENTENCE = 2_000  # of the sentence of an error or a finding
MAX_FILE_NAME = 200  # bytes of the name of a file, without a number and an ending

# Control, format and unassigned characters, lone surrogates, and what breaks a line.
_INVISIBLE = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))

# Where a spreadsheet would begin a formula; one that parts cells by ";" would within a text too.
_FORMULA = re.compile(r"(^|;)(?=[-=+@\t\r\uff0b\uff0d\uff1d\uff20])")


# What no file can be called on Windows: in part, and as a whole, with any ending.
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_DEVICE = re.compile(r"CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]", re.IGNORECASE)


class PlainError(Exception):
    """An error whose message is a sentence for people, safe to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sanitize(sentence, MAX_SENTENCE))

    def __str__(self) -> str:
        """Return the sentence as it was given: a phrase can still be translated."""
        sentence: str = self.args[0]
        return sentence


def sanitize(text: str, limit: int = MAX_LENGTH, *, keep: str = "") -> str:
    r"""Return `text` with unseen characters written out (``\n``), cut with … to `limit` characters.

    The result is one line without control characters, except those to `keep`. It may hold markup:
    show it as plain text.
    """
    whole, text = text, text[: limit + 1]
    if not text.isprintable():
        text = "".join(one if one in keep else _visible(one) for one in text)
    text = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return whole if text == whole else text  # a phrase can still be translated


def as_cell(text: str) -> str:
    """Return `text` for a cell of a spreadsheet, so that it is not taken for a formula."""
    return _FORMULA.sub(r"\1'", text)


def as_list(names: Iterable[str], between: str) -> str:
    r"""Return `names` as one text, which splits at `between` into as many parts.

    In a name that has `between` in it, its first character is written out: ``\x3b`` for a ``;``.
    """
    written = f"\\x{ord(between[0]):02x}{between[1:]}"
    return between.join(name.replace(between, written) for name in names)


def portable_name(name: str) -> str:
    """Return `name` as one that files can have on every system; a server may have given it."""
    name = _NO_NAME.sub("-", name)[:MAX_FILE_NAME]
    while len(name.encode(errors="surrogatepass")) > MAX_FILE_NAME:
        name = name[:-1]
    name = name.rstrip(". ")
    device = _DEVICE.fullmatch(name.partition(".")[0].rstrip())
    return f"_{name}" if device or not name else name


def error_text(error: BaseException) -> str:
    """Return the message of `error`, or the name of its type if it has none.

    That of an error that no code raises with words for people begins with its type.
    """
    kind = type(error).__name__
    try:
        said = str(error)
        if len(error.args) == 1 and isinstance(error.args[0], Phrase):
            said = error.args[0]
    except Exception:  # a module from elsewhere may raise what it has made itself
        said = ""
    if said and not isinstance(error, (PlainError, OSError, ValueError)):
        said = f"{kind}: {said}"
    return sanitize(said, MAX_SENTENCE, keep="\n") or kind


def file_name(path: str | os.PathLike[str]) -> str:
    """Return the name of a file or a folder, whatever characters it has."""
    name = os.fsencode(path).decode(errors="backslashreplace")
    return sanitize(name, 8 * len(name))


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode_escape").decode("ascii")


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter of `text` is of a script that runs from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
