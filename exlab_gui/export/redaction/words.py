"""Private words, what takes their place, and where they stand in a text."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from exlab_gui.export.exporter import Replacement
from exlab_gui.export.redaction.addresses import Address, addresses
from exlab_gui.export.redaction.fold import Folded, fold

REMOVED = "[removed]"
"""What stands for something that nobody can look into."""

LONG = 4
"""Words of fewer letters are found where they stand alone, longer ones within others too."""

_PEOPLE = ("operator", "person")
# Runs of letters, and those that "MaryOkafor" is made of.
_RUNS = re.compile(r"[^\W\d_]+"), re.compile(r"[A-Z]?[^\W\d_A-Z]+")
_SEPARATORS = re.compile(r"[\s/\\,;:]+")
_NAME_TOKENS = 4  # more are prose
# Folders that tell nothing of anybody.
_FOLDERS = (
    *("home", "users", "user", "documents", "desktop", "downloads", "appdata", "roaming", "local"),
    *("data", "tmp", "temp", "srv", "mnt", "media", "volumes", "var", "opt", "usr", "etc", "lib"),
    *("bin", "share", "run", "runs", "raw", "nas", "template", "templates"),
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


class Words:
    """The private words of a recording. Learn all of them before the first is replaced."""

    def __init__(self) -> None:
        self._placeholders: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    @property
    def found(self) -> list[Replacement]:
        """Every private word, in the order in which they were found."""
        return [Replacement(word, placeholder) for placeholder, word in self._found.items()]

    def learn(self, sort: str, word: str) -> None:
        """Take in a private word of that sort, and the parts that give it away by themselves."""
        key = _key(word)
        if key in self._placeholders:
            return
        self._counts[sort] += 1
        placeholder = f"[{sort} {self._counts[sort]}]"
        self._found[placeholder] = word
        self._placeholders[key] = placeholder
        for part in _parts(sort, word):
            self._placeholders.setdefault(_key(part), placeholder)

    def learn_text(self, text: str) -> None:
        """Take in the paths and addresses that stand in a text."""
        for found in addresses(text):
            self.learn(found.sort, found.text)

    def placeholder(self, word: str) -> str:
        """Return what takes the place of a word that was learnt."""
        return self._placeholders.get(_key(word), REMOVED)

    def replaced(self, text: str) -> str:
        """Return `text` with the placeholders of the private words in it."""
        pieces: list[str] = []
        before = 0
        for found in (*addresses(text), Address("", "", len(text), len(text))):
            pieces.append(self._finder.replaced(text[before : found.start]))
            if found.text:
                pieces.append(self.placeholder(found.text))
            before = found.end
        return "".join(pieces)

    @cached_property
    def _finder(self) -> "_Finder":
        return _Finder(self._placeholders)


class _Finder:
    """Finds words in texts; takes as long for a thousand of them as for one."""

    def __init__(self, placeholders: dict[str, str]) -> None:
        words = {word for word in placeholders if word.isalnum()} - {"true", "false"}
        self._placeholders = placeholders
        self._short = {word for word in words if len(word) < LONG}
        self._long = sorted(words - self._short)
        self._beginnings = {word[:LONG] for word in self._long}
        self._longest = max(map(len, self._long), default=0)
        self._shorter: dict[str, str] = {}  # the longest other word that a word begins with
        begun = [""]
        for word in self._long:
            while not word.startswith(begun[-1]):
                begun.pop()
            self._shorter[word] = begun[-1]
            begun.append(word)

    def replaced(self, text: str) -> str:
        folded = fold(text)
        pieces: list[str] = []
        before = until = 0
        letters, beginnings = folded.letters, self._beginnings
        candidates = {at for at in range(len(letters)) if letters[at : at + LONG] in beginnings}
        for at in sorted(candidates | folded.opens if self._short else candidates):
            if at >= until and (word := self._word_at(folded, at)):
                until = at + len(word)
                pieces += (text[before : folded.starts[at]], self._placeholders[word])
                before = folded.ends[until - 1]
        return "".join((*pieces, text[before:])) if pieces else text

    def _word_at(self, folded: Folded, at: int) -> str:
        """Return the longest word that begins at `at`, or nothing."""
        ahead = folded.letters[at : at + self._longest]
        index = bisect_right(self._long, ahead)
        word = self._long[index - 1] if index else ""
        while word and not ahead.startswith(word):
            word = self._shorter[word]
        if word or at not in folded.opens:
            return word
        for end in range(at + LONG - 1, at, -1):
            ends = end in folded.opens or end == len(folded.letters)
            if ends and (short := folded.letters[at:end]) in self._short:
                return short
        return ""


def _key(word: str) -> str:
    return fold(word).letters or word


def _parts(sort: str, word: str) -> Iterator[str]:
    """Yield the words in a private one that give it away by themselves."""
    word = unicodedata.normalize("NFC", word)
    if sort in _PEOPLE:
        yield from _parts_of_name(word.partition("@")[0])
    elif sort == "path":
        segments = [part for part in re.split(r"[/\\]+", word) if part.lower() not in _FOLDERS]
        yield from (part for part in segments if len(_key(part)) >= 2)
    elif sort != "question":
        parts = _SEPARATORS.split(word)
        if 1 < len(parts) <= _NAME_TOKENS:
            yield from (part for part in parts if _is_telling(part))


def _parts_of_name(name: str) -> Iterator[str]:
    parts = [part for runs in _RUNS for part in runs.findall(name) if len(part) >= 2]
    yield from parts
    # A short family name is found within a login only if that is known.
    if len(parts) > 1 and len(parts[-1]) < LONG:
        yield parts[0][0] + parts[-1]
        yield parts[-1] + parts[0][0]
    yield from (part.lower().translate(_SPELT_OUT) for part in (name, *parts))


def _is_telling(part: str) -> bool:
    has_digit = any(letter.isdigit() for letter in part)
    return (len(part) >= 2 and has_digit) or (len(part) >= LONG and part[:1].isupper())
