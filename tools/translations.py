"""Keeps the catalogues of the window's texts in step with the sources.

    python tools/translations.py            take in what changed, and compile
    python tools/translations.py new fr     begin a catalogue for a language
    python tools/translations.py check      say what is missing; nothing is written

A catalogue is translations/LANGUAGE.po; the program reads resources/translations/LANGUAGE.mo.
"""

import argparse
import io
import re
import sys

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from window_texts import ROOT, window_texts

CATALOGUES = ROOT / "translations"
COMPILED = ROOT / "resources" / "translations"

_FIELD = re.compile(r"\{(\w+)")
_HEADER = """\
# Texts of the window of exlab-gui in {language}.
# The glossary beside this file says which word stands for which. An & stands before the letter that
# opens a menu with Alt; within a menu, each letter stands once. {fields} are filled in: keep them.
"""


def template() -> Catalog:
    """Return a catalogue of all texts of the sources, without translations."""
    made = Catalog(project="exlab-gui", fuzzy=False)
    for text, plural, file in window_texts():
        key = (text, plural) if plural else text
        made.add(key, locations=[(file, 0)], flags=_flags(text))
    return made


def languages() -> list[str]:
    return sorted(path.stem for path in CATALOGUES.glob("*.po"))


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """Return the catalogue with the texts that the sources have now."""
    kept = catalogue(language)
    made, revised = kept.creation_date, kept.revision_date
    kept.update(template(), no_fuzzy_matching=False, update_creation_date=False)
    kept.creation_date, kept.revision_date = made, revised
    kept.obsolete.clear()
    return kept


def written(kept: Catalog) -> bytes:
    """Return the file of a catalogue, without what changes each time: dates and line numbers."""
    file = io.BytesIO()
    write_po(file, kept, width=100, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    return file.getvalue()


def compiled(kept: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, kept)
    return file.getvalue()


def faults(kept: Catalog) -> list[str]:
    """Return a sentence for each text without a translation, or with one that cannot be right."""
    found = []
    for message in kept:
        if message.id:
            found += (f"{message.id!r}: {why}" for why in _faults(message, kept.num_plurals))
    return found


def _faults(message: Message, plurals: int) -> list[str]:
    ids = message.id if message.pluralizable else (message.id,)
    told = message.string if message.pluralizable else (message.string,)
    if len(told) != (plurals if message.pluralizable else 1) or not all(told):
        return ["not translated"]
    if message.fuzzy:
        return ["only a guess; check it, and take the mark away"]
    found = []
    allowed = {field for one in ids for field in _FIELD.findall(one)}
    for text in told:
        fields = set(_FIELD.findall(text))
        if fields - allowed or (not message.pluralizable and allowed - fields):
            found.append(f"the fields differ: {text!r}")
    if ids[0].endswith("…") != told[0].rstrip("“”«»").endswith("…"):
        found.append("the ellipsis differs")
    if ("&" in ids[0]) != ("&" in told[0]):
        found.append("the mark & of the letter is missing, or one too many")
    if ids[0].startswith(" ") != told[0].startswith(" ") or ids[0].count("\n") != told[0].count(
        "\n"
    ):
        found.append("the space at the begin, or the breaks of lines differ")
    return found


def _flags(text: str) -> list[str]:
    return ["python-brace-format"] if _FIELD.search(text) else []


def begin(language: str) -> None:
    path = CATALOGUES / f"{language}.po"
    if path.exists():
        sys.exit(f"{path.relative_to(ROOT)} is there already.")
    made = Catalog(locale=language, project="exlab-gui", fuzzy=False)
    made.header_comment = _HEADER.replace("{language}", made.locale.english_name)
    made.update(template())
    path.write_bytes(written(made))


def take_in(language: str) -> int:
    """Write the catalogue and its compiled form; return how many texts are missing."""
    kept = updated(language)
    (CATALOGUES / f"{language}.po").write_bytes(written(kept))
    COMPILED.mkdir(exist_ok=True)
    (COMPILED / f"{language}.mo").write_bytes(compiled(kept))
    return len(faults(kept))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("new", "check"))
    parser.add_argument("language", nargs="?")
    given = parser.parse_args()
    if given.what == "new":
        begin(given.language)
    missing = 0
    for language in languages():
        if given.what == "check":
            found = faults(updated(language))
            print(*(f"{language}: {one}" for one in found), sep="\n")
            missing += len(found)
        else:
            print(f"{language}: {take_in(language)} texts are to be translated or mended.")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
