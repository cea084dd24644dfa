"""Text reduced to what makes words the same: letters and digits, however they are written."""

import re
import unicodedata
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

_TOKEN = re.compile("[a-z0-9]+")
_CODE = re.compile(
    r"(?:%[0-9a-fA-F]{2})+|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});"
    r"|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}"
)
_DEPTH = 3  # of codes within codes
_UNSEEN = frozenset(("Mn", "Me", "Cf"))
# Letters that Unicode does not take apart, as they are written without their marks.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th"})


class Folded(NamedTuple):
    """The letters and digits of a text, and where each begins and ends in it.

    At the indices in `opens` a run of letters and digits begins that stands by itself; what is
    between two runs is left out.
    """

    letters: str
    starts: list[int]
    ends: list[int]
    opens: set[int]


def fold(text: str) -> Folded:
    """Return `text` without case, marks, separators and what encodes a character."""
    if text.isascii() and not _CODE.search(text):
        return _fold_plain(text.lower())
    folded = Folded("", [], [], set())
    letters: list[str] = []
    apart = True
    for written, start, end in _decoded(text):
        for letter in unicodedata.normalize("NFKD", written).casefold().translate(_PLAIN):
            if letter.isalnum():
                if apart:
                    folded.opens.add(len(letters))
                letters.append(letter)
                folded.starts.append(start)
                folded.ends.append(end)
                apart = False
            elif unicodedata.category(letter) not in _UNSEEN:
                apart = True
            elif not apart:
                folded.ends[-1] = end  # a mark on the letter before
    return folded._replace(letters="".join(letters))


def _fold_plain(text: str) -> Folded:
    folded = Folded("", [], [], set())
    letters: list[str] = []
    for token in _TOKEN.finditer(text):
        folded.opens.add(len(letters))
        letters += token[0]
        folded.starts.extend(range(token.start(), token.end()))
        folded.ends.extend(range(token.start() + 1, token.end() + 1))
    return folded._replace(letters="".join(letters))


def _decoded(text: str) -> list[tuple[str, int, int]]:
    r"""Return the characters of `text`, and where each begins and ends; codes as what they say.

    ``%20``, ``&#32;``, ``\\u0020`` and the like may stand for characters.
    """
    read = [(character, at, at + 1) for at, character in enumerate(text)]
    for _ in range(_DEPTH):
        joined = "".join(character for character, _, _ in read)
        found = list(_CODE.finditer(joined))
        if not found:
            break
        parts: list[tuple[str, int, int]] = []
        before = 0
        for code in found:
            parts += read[before : code.start()]
            start, end = read[code.start()][1], read[code.end() - 1][2]
            parts += ((character, start, end) for character in _meant(code[0]))
            before = code.end()
        read = parts + read[before:]
    return read


def _meant(code: str) -> str:
    if code.startswith("%"):
        return unquote(code)
    return unescape(code) if code.startswith("&") else chr(int(code[2:], 16))
