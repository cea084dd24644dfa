"""The language of the window: which there are, which is wanted, and its catalogue of texts."""

import gettext
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

from exlab_gui import paths
from exlab_gui.core.files import open_file
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.translation import use
from exlab_gui.settings import Settings

ENGLISH = "en"
SYSTEM = ""
"""Chosen, it stands for the first language of the system that there is."""

_KEY = "window/language"
_VARIABLE = "EXLAB_LANGUAGE"
_QT_TEXTS = "qtTexts"

_log = logging.getLogger(__name__)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the window can be shown in, English first."""
    return ENGLISH, *sorted(path.stem for path in _folder().glob("*.mo"))


def own_name(language: str) -> str:
    """Return what `language` is called in itself, such as ``Deutsch``."""
    name = QLocale(language).nativeLanguageName()
    return name[:1].upper() + name[1:] if language != ENGLISH else "English"


def chosen(settings: Settings) -> str:
    """Return the language that the user has chosen, or SYSTEM."""
    return settings.one_of(_KEY, languages(), SYSTEM)


def choose(settings: Settings, language: str) -> None:
    """Show the window in `language` from the next start on."""
    settings.keep(_KEY, language)


def wanted(settings: Settings) -> str:
    """Return the language to show: that of the environment, the chosen one, or the system's."""
    named = os.environ.get(_VARIABLE) or chosen(settings)
    return first_of([named] if named else QLocale.system().uiLanguages())


def first_of(wishes: Iterable[str]) -> str:
    """Return the first language of `wishes`, such as ``de-AT``, that there is, else English."""
    there = languages()
    for wish in wishes:
        code = wish.replace("-", "_")
        for name in (code, code.partition("_")[0]):
            if name in there:
                return name
    return ENGLISH


def speak(language: str) -> None:
    """Show what is made from now on in `language`, Qt's own texts as well."""
    app = QCoreApplication.instance()
    for old in app.findChildren(QTranslator, _QT_TEXTS) if app else ():
        QCoreApplication.removeTranslator(old)
        old.deleteLater()
    use(None)
    QLocale.setDefault(QLocale.system())
    if language == ENGLISH:
        return
    try:
        file, _ = open_file(_folder() / f"{language}.mo", PlainError)
        with file:
            use(gettext.GNUTranslations(file))
    except (PlainError, OSError, ValueError) as error:
        _log.warning("No texts in %s: %s", language, error)
        return
    translator = QTranslator(app)
    translator.setObjectName(_QT_TEXTS)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if app is not None and translator.load(QLocale(language), "qtbase", "_", folder):
        QCoreApplication.installTranslator(translator)
    if QLocale.system().language() != QLocale(language).language():
        QLocale.setDefault(QLocale(language))  # the names of days and months
    if isinstance(app, QGuiApplication):
        app.setLayoutDirection(QLocale(language).textDirection())


def _folder() -> Path:
    return paths.resources() / "translations"
