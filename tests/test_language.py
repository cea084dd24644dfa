"""The window speaks the language that the user or the system wants, if it has that."""

import pytest
from PySide6.QtCore import QLocale

from exlab_gui import language
from exlab_gui.testing.windows import fresh_settings


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr(language, "languages", lambda: ("en", "de", "pt", "pt_BR"))
    monkeypatch.delenv("EXLAB_LANGUAGE", raising=False)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        (["de-AT"], "de"),
        (["fr-FR", "de-DE", "en-GB"], "de"),
        (["en-GB", "de-DE"], "en"),
        (["pt-BR"], "pt_BR"),
        (["pt-PT"], "pt"),
        (["C"], "en"),
        (["../../etc"], "en"),
        ([], "en"),
    ],
)
def test_the_first_wish_that_is_there_is_met(wishes, found):
    """A language serves its regions; without one that is there, it is English."""
    assert language.first_of(wishes) == found


@pytest.mark.usefixtures("there", "qapp")
def test_the_environment_goes_before_the_choice_and_that_before_the_system(monkeypatch, tmp_path):
    """A choice that is damaged, or of a language that is gone, is none."""
    settings = fresh_settings(tmp_path)
    system = language.first_of(QLocale.system().uiLanguages())
    assert language.wanted(settings) == system
    language.choose(settings, "de")
    assert language.wanted(settings) == "de"
    monkeypatch.setenv("EXLAB_LANGUAGE", "pt")
    assert language.wanted(settings) == "pt"
    monkeypatch.delenv("EXLAB_LANGUAGE")
    language.choose(settings, "xx")
    assert language.wanted(settings) == system
    assert language.chosen(settings) == language.SYSTEM
