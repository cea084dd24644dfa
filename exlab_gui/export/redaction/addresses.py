"""Paths, addresses of the web and of mail, as they stand in a text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# No run of letters is looked at twice: a message may have half a million of them.
_ROOT = r"""(?:
        (?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]+:[/\\]             # an address
      | (?<![\w/\\.])(?:
            [A-Za-z]:[/\\] | \\\\(?=\w) | //?(?=[\w.~-])       # C:\ and C:/, \\host, / and //host
          | ~[\w.-]*[/\\] | \.{1,2}[/\\]                     # ~/ and ~user/, ./ and ../
          | \$\w+[/\\] | \$\{\w+\}[/\\] | %\w+%[/\\]          # a variable of the shell
        )
    )"""
_RELATIVE = r"""(?<![\w/\\.-])[\w.-]+(?:
        (?:/[\w.-]+){2,} | (?:\\[\w.-]+)+ | /[\w.-]*\.[A-Za-z]\w{0,5}(?!\w)
    )"""
_MAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*"

_FIND = re.compile(f"(?P<mail>{_MAIL})|(?P<root>{_ROOT})|(?P<relative>{_RELATIVE})", re.VERBOSE)
_MARKS = re.compile(r"[/\\@]")
_WEB = re.compile(r"(?:https?|wss?|ftp):[/\\][^\s\"'<>]*", re.IGNORECASE)
# Up to what begins another path; an apostrophe ends a path only where no letter follows.
_REST = re.compile(rf"(?:(?!\s{_ROOT})(?:[^\n\"'<>|]|'(?=\w)))*", re.VERBOSE)
_CLAUSE = re.compile(r"[.,;:!?)\]]+(?:\s|$)|$")
_SUFFIX = re.compile(r"\.[A-Za-z]\w{0,5}(?=$|[\s.,;:!?)\]])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")


class Address(NamedTuple):
    """A `text` from `start` to `end` of another, and of which sort it is."""

    sort: str
    text: str
    start: int
    end: int


def addresses(text: str) -> Iterator[Address]:
    """Yield the paths and addresses in `text`.

    Nobody can tell where a path with spaces ends in a sentence: one ends with the last suffix of a
    file in its clause, or with the clause.
    """
    if not _MARKS.search(text):
        return
    at = 0
    while found := _FIND.search(text, at):
        start, end = found.span()
        if found["root"]:
            end = _end_of_path(text, start, end)
        mail_or_web = found["mail"] or _SCHEME.match(text, start)
        yield Address("address" if mail_or_web else "path", text[start:end], start, end)
        at = end


def _end_of_path(text: str, start: int, at: int) -> int:
    """Return where the path ends that begins at `start`, and whose root ends at `at`."""
    if web := _WEB.match(text, start):
        return web.end()
    rest = _REST.match(text, at)
    end = rest.end() if rest else at
    last = max(at, text.rfind("/", at, end) + 1, text.rfind("\\", at, end) + 1)
    clause = _CLAUSE.search(text, last, end)
    end = clause.start() if clause else end
    suffixes = [suffix.end() for suffix in _SUFFIX.finditer(text, last, end)]
    return suffixes[-1] if suffixes else end
