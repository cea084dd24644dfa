"""Texts of a language that needs more room are shown whole."""

import re

import pytest
from PySide6.QtWidgets import QAbstractSpinBox, QDialog, QPushButton, QScrollArea

from exlab_gui import language
from exlab_gui.core.text.translation import use
from tests.helpers.geometry import window_faults
from tests.helpers.window import settle
from tests.translations.test_german import DIALOGS

_KEPT = re.compile(r"(\{(?:[^{}]|\{[^}]*\})*\}|&|\(\*[^)]*\))")
_ACCENTS = str.maketrans("aeiouyncAEIOU", "äéîöüÿñçÄÉÎÖÜ")


class Longer:
    """Tells each text with accents, and a third longer."""

    def gettext(self, text):
        if text == "1,234.5":
            return "1.234,5"
        parts = _KEPT.split(text)
        told = "".join(p if n % 2 else p.translate(_ACCENTS) for n, p in enumerate(parts))
        return told + " ~" * (len(text) // 6)

    def ngettext(self, one, many, n):
        return self.gettext(one if n == 1 else many)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 700)])
def test_nothing_is_cut(open_window, quiet_language, size):
    """Neither at 1280 × 800 nor at 1024 × 700."""
    use(Longer())
    window = open_window(size=size)
    settle()
    assert window_faults(window) == []


@pytest.mark.parametrize("speaks", ["en", "de", "longer"])
def test_dialogs_are_as_large_as_what_they_say(open_window, quiet_language, tmp_path, speaks):
    """No text of a dialog is cut when it opens, no field is squeezed, and nothing overlaps.

    Those with a table of the archive are wider than the screen of the offscreen platform.
    """
    language.speak("de" if speaks == "de" else "en")
    if speaks == "longer":
        use(Longer())
    window = open_window(archive=tmp_path)
    window.session_actions.open()
    for action in (*DIALOGS, "actionCompare"):
        if action in ("actionHistory", "actionCharts", "actionShortcuts"):
            continue
        window.actions_by_name[action].trigger()
        settle()
        (dialog,) = (one for one in window.findChildren(QDialog) if one.isVisible())
        faults = [fault for fault in window_faults(dialog) if "compareTable" not in fault]
        squeezed = [
            one.objectName()
            for one in dialog.findChildren(QAbstractSpinBox)
            if one.height() < one.sizeHint().height()
        ]
        sideways = [
            one.objectName()
            for one in dialog.findChildren(QScrollArea)
            if one.horizontalScrollBar().maximum() > 0
        ]
        assert (action, faults, squeezed, sideways) == (action, [], [], [])
        dialog.close()
        settle()


def test_dialogs_that_open_are_wide_enough(open_window, quiet_language, tmp_path):
    """No button of the largest dialog is cut on a screen of 1024 pixels."""
    language.speak("de")
    window = open_window(archive=tmp_path)
    window.actions_by_name["actionHistory"].trigger()
    (dialog,) = window.findChildren(QDialog, "historyDialog")
    dialog.resize(1024, 640)
    settle()
    cut = [
        button.text()
        for button in dialog.findChildren(QPushButton)
        if button.width() < button.sizeHint().width()
    ]
    assert cut == []
    dialog.close()
