"""Texts of the program in the language of its window.

The English text is the key of its translation. `tr` returns a text as the window shows it; `phrase`
one that stays English, as files and the command line need it, but that `tr` can translate later.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")

NUMBER = "1,234.5"
"""Translated as the language writes this number: its first and its second separator are used."""


class Catalogue(Protocol):
    """What is needed of a `gettext.NullTranslations`."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, one: str, many: str, n: int, /) -> str: ...


class Phrase(str):
    """An English text that keeps how it was made, so that it can be told in another language."""

    __slots__ = ("_key", "_plural", "_values")

    _key: str
    _plural: str
    _values: dict[str, object]

    def __reduce__(self) -> "tuple[object, ...]":
        return _made, (self._key, self._plural, self._values)

    def told(self) -> str:
        """Return the text in the language of the window, its phrases among the values as well."""
        if _language is None:
            return str(self)
        return _language.tell(self._key, self._plural, self._values)


def phrase(text: str, plural: str = "", /, **values: object) -> Phrase:
    """Return `text` with its `{fields}` filled by `values`; `plural` if `n` among them is not 1."""
    return _made(text, plural, values)


def number(value: float, form: str = ",") -> Phrase:
    """Return `value` as `format` writes it; told, it has the separators of the language."""
    return _made(f"{{value:{form}}}", "", {"value": value})


def joined(parts: Iterable[str], between: str = " ") -> Phrase:
    """Return `parts` with `between` between them; the phrases among them can still be told."""
    values: dict[str, object] = {f"part{number}": part for number, part in enumerate(parts)}
    return _made(between.join(f"{{{name}}}" for name in values), "", values)


def tr(text: str, plural: str = "", /, **values: object) -> str:
    """Return `text` in the language of the window, filled as by `phrase`; or a phrase so told."""
    if isinstance(text, Phrase):
        return text.told()
    if _language is None:
        return _filled(text, plural, values)
    return _language.tell(text, plural, values)


def told(text: str) -> str:
    """Return a phrase in the language of the window, any other text, a name say, as it is."""
    return text.told() if isinstance(text, Phrase) else text


def translatable(texts: T) -> T:
    """Return `texts`, one or a table of them, as they are: where they are shown, `tr` is called."""
    return texts


def use(catalogue: Catalogue | None) -> None:
    """Show texts in the language of `catalogue` from now on, in English without one."""
    global _language
    _language = None if catalogue is None else _Language(catalogue)


def _made(text: str, plural: str, values: dict[str, object]) -> Phrase:
    made = Phrase(_filled(text, plural, values))
    made._key, made._plural, made._values = text, plural, values
    return made


def _filled(text: str, plural: str, values: dict[str, object]) -> str:
    if plural and values["n"] != 1:
        text = plural
    return text.format(**values) if values else text


class _Number:
    """Writes a number with the separators of a language."""

    def __init__(self, number: int | float, separators: dict[int, str]) -> None:
        self._number, self._separators = number, separators

    def __format__(self, form: str) -> str:
        return format(self._number, form).translate(self._separators)


class _Language:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        told = catalogue.gettext(NUMBER)
        self._separators = {ord(","): told[1:2], ord("."): told[-2:-1]}

    def tell(self, text: str, plural: str, values: dict[str, object]) -> str:
        if not text:
            return ""
        if plural:
            number = values["n"]
            assert isinstance(number, int)
            told = self._catalogue.ngettext(text, plural, number)
        else:
            told = self._catalogue.gettext(text)
        return (
            told.format(**{name: self._value(of) for name, of in values.items()})
            if values
            else told
        )

    def _value(self, value: object) -> object:
        if isinstance(value, BaseException):
            value = str(value)
        if isinstance(value, Phrase):
            return value.told()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _Number(value, self._separators)
        return value


_language: _Language | None = None

translatable(NUMBER)
