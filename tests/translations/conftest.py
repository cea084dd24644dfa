"""The tools that keep the catalogues, and windows in another language."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from exlab_gui import language
from tests.helpers.window import open_window, settings, theme

__all__ = ["open_window", "settings", "theme"]

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(scope="session")
def tool() -> Iterator[ModuleType]:
    """Yield the module that keeps the catalogues."""
    pytest.importorskip("babel")
    sys.path.insert(0, str(TOOLS))
    try:
        import translations
    finally:
        sys.path.remove(str(TOOLS))
    yield translations
    for name in ("translations", "window_texts"):
        del sys.modules[name]


@pytest.fixture(params=[name for name in language.languages() if name != language.ENGLISH])
def spoken(request: pytest.FixtureRequest) -> str:
    """Return each language but English in turn."""
    return str(request.param)


@pytest.fixture
def quiet_language(qapp: QApplication) -> Iterator[None]:
    """Speak English again at the end."""
    before = QLocale()
    yield
    language.speak(language.ENGLISH)
    QLocale.setDefault(before)
