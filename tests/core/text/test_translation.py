"""Texts are told in a language; what has none stays English."""

import pickle

import pytest

from exlab_gui.core.text.translation import phrase, tr, use

GERMAN = {
    "1,234.5": "1.234,5",
    "Saved {file}": "{file} ist gespeichert",
    "The folder is full.": "Der Ordner ist voll.",
    "{name}: {why}": "{name}: {why}",
    "After {seconds:.1f} s": "Nach {seconds:.1f} s",
    "as {left} and {right}": "als {right} und {left}",
}


class German:
    def gettext(self, message):
        return GERMAN.get(message, message)

    def ngettext(self, one, many, n):
        return {"{n:,} row": ("{n:,} Zeile", "{n:,} Zeilen")}[one][n != 1]


@pytest.fixture
def german():
    use(German())
    yield
    use(None)


def test_without_a_catalogue_texts_are_english():
    """Fields are filled, and the plural is that of `n`."""
    assert tr("Saved {file}", file="a") == "Saved a"
    assert tr("{n:,} row", "{n:,} rows", n=1) == "1 row"
    assert tr("{n:,} row", "{n:,} rows", n=1200) == "1,200 rows"
    assert tr("{not a field}") == "{not a field}"
    assert tr("") == ""


@pytest.mark.usefixtures("german")
def test_a_text_is_told_in_the_language():
    """The template is translated, then filled: a name with braces in it stays as it is."""
    assert tr("Saved {file}", file="{a}.csv") == "{a}.csv ist gespeichert"
    assert tr("as {left} and {right}", left=1, right=2) == "als 2 und 1"
    assert tr("sim-1") == "sim-1"
    assert tr("") == ""


@pytest.mark.usefixtures("german")
def test_numbers_have_the_separators_of_the_language():
    """The translation of one number says which they are; plurals follow the language's rule."""
    assert tr("After {seconds:.1f} s", seconds=4.25) == "Nach 4,2 s"
    assert tr("{n:,} row", "{n:,} rows", n=1200) == "1.200 Zeilen"
    assert tr("{n:,} row", "{n:,} rows", n=1) == "1 Zeile"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("passed", [lambda said: said, lambda s: pickle.loads(pickle.dumps(s))])
def test_a_phrase_is_english_until_it_is_told(passed):
    """It keeps its values, phrases among them, on its way through a process of its own."""
    said = passed(phrase("{name}: {why}", name="a", why=phrase("The folder is full.")))
    assert said == "a: The folder is full."
    assert tr(said) == "a: Der Ordner ist voll."
    assert type(tr(said)) is str
