"""What fuzzing has found and reached, again: it takes a second, and no fuzzer."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.fuzz import archive, messages, recordings, redaction, scenarios, settings
from tests.helpers.window import OpenWindow

CORPUS = Path(__file__).parent / "corpus"
TARGETS = {
    "recordings": recordings,
    "messages": messages,
    "scenarios": scenarios,
    "archive": archive,
    "redaction": redaction,
}
MOST_BYTES = 400_000


def inputs(name: str, target: ModuleType) -> Iterator[bytes]:
    yield from target.seeds()
    for path in sorted((CORPUS / name).iterdir()):
        yield path.read_bytes()


@pytest.mark.parametrize("name", TARGETS)
def test_each_input_holds(name: str) -> None:
    """Nothing is raised but what is promised; what is read agrees with the reference."""
    results = {TARGETS[name].one(data) for data in inputs(name, TARGETS[name])}
    assert len(results) > 1


def test_settings(open_window: OpenWindow) -> None:
    """A window takes what it can from each."""
    with settings.using(open_window()):
        results = {settings.one(data) for data in inputs("settings", settings)}
    assert results == {"taken", "damaged"}


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.glob("*/*")) < MOST_BYTES
