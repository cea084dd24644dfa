from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.labels import (
    ClampedLabel,
    ElidingLabel,
    WrappingLabel,
    caption,
    elided,
    plain_label,
)
from tests.helpers.hands import press

MARKUP = "<b>bold</b> &amp; <img src='x'>"


@pytest.mark.parametrize("make", [plain_label, caption, WrappingLabel, ElidingLabel])
def test_markup_is_shown_as_it_is(qtbot: QtBot, make: Callable[[str], QLabel]) -> None:
    """Text from outside is never read as markup, however much it looks like it."""
    label = make(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == MARKUP


@pytest.mark.parametrize("make", [plain_label, WrappingLabel])
def test_a_label_has_its_name(qtbot: QtBot, make: Callable[[str, str], QLabel]) -> None:
    """A label is found by the name it was made with."""
    label = make("Phase", "phaseLabel")
    qtbot.addWidget(label)
    assert label.objectName() == "phaseLabel"


def test_an_ellipsis_follows_its_word(qapp: QApplication) -> None:
    """At whatever width a text is cut, there is no blank before the ellipsis; else it is whole."""
    text, metrics = "The disk is full, and has been", QFontMetrics(qapp.font())
    whole = metrics.horizontalAdvance(text)
    cuts = {elided(text, metrics, width) for width in range(metrics.horizontalAdvance("…"), whole)}
    assert len(cuts) > 10
    assert [cut for cut in cuts if not cut.endswith("…") or cut.endswith(" …")] == []
    assert elided(text, metrics, whole) == text


@pytest.mark.parametrize("word", ["x" * 10_000, "-1" * 5_000, "W" * 10_000])
def test_a_long_word_does_not_make_the_window_wide(qtbot: QtBot, word: str) -> None:
    """A word of 10,000 characters is shown whole, in no more room than a label has."""
    label = WrappingLabel(word)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 400
    assert label.text() == word


def test_the_size_of_an_endless_word_is_not_searched_for(qtbot: QtBot) -> None:
    """The label asks for an ordinary width, and for as many lines as it takes there.

    Qt would lay out the word at many widths, which takes a second for 10,000 letters.
    """
    label = WrappingLabel("x" * 10_000)
    qtbot.addWidget(label)
    wanted = label.sizeHint()
    assert wanted.width() < 500
    assert wanted.height() == label.heightForWidth(wanted.width())


def test_ordinary_words_are_left_alone(qtbot: QtBot) -> None:
    """What fits into a line can be copied as it is: names, ids of 36 characters, paths."""
    path = "/labs/data/omics/SEQUENCER_02/Run_2026-04-03_Plot_C"
    text = f"f47ac10b-58cc-4372-a567-0e02b2c3d479 in\n{path}"
    label = WrappingLabel(text)
    qtbot.addWidget(label)
    assert label.text() == text
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


PATH = (
    "C:\\Users\\Mary\\AppData\\Roaming\\Recordings\\"
    + "zebrafish_heart_48hpf_" * 4
    + ".exlab.jsonl"
)


@pytest.mark.parametrize(
    "word", [PATH, "/" + PATH.replace("\\", "_"), "\N{CJK UNIFIED IDEOGRAPH-5B9E}" * 90]
)
def test_a_word_too_long_for_a_line_is_broken(qtbot: QtBot, word: str) -> None:
    """A path has as many lines as it needs, also after other text, another width, a larger font."""
    label = WrappingLabel("Saved")
    qtbot.addWidget(label)
    label.resize(200, 400)
    label.show()
    one_line = label.heightForWidth(200)
    label.setText(word)
    assert label.text() == word
    assert label.heightForWidth(200) >= 3 * one_line
    label.resize(300, 400)
    assert label.heightForWidth(200) >= 3 * one_line
    font = label.font()
    font.setPointSizeF(2 * font.pointSizeF())
    label.setFont(font)
    assert label.heightForWidth(200) >= 6 * one_line


def test_what_is_copied_is_the_text(qtbot: QtBot) -> None:
    """A path that was broken is on the clipboard as it is: it can be opened."""
    label = WrappingLabel(PATH)
    qtbot.addWidget(label)
    label.resize(200, 400)
    label.show()
    label.setSelection(0, len(PATH))
    press(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == label.selectedText() == PATH


def test_a_long_name_decides_no_width(qtbot: QtBot) -> None:
    """What does not fit is elided in what is painted, never in the text."""
    label = ElidingLabel()
    qtbot.addWidget(label)
    label.setText("a" * 300)
    label.resize(60, 20)
    assert label.minimumSizeHint().width() < 30
    assert label.text() == "a" * 300
    narrow = label.grab().toImage()
    label.setText("a" * 400)
    assert label.grab().toImage() == narrow
    label.setText("b")
    assert label.grab().toImage() != narrow


def test_a_clamped_label_keeps_its_height(qtbot: QtBot) -> None:
    """However long its text is, it has so many lines, asks for no width, and tells all in a tip."""
    label = ClampedLabel("name", 2)
    qtbot.addWidget(label)
    label.resize(120, 60)
    heights = set()
    for text in ("short", "<b>word</b> " * 200, "x" * 3_000, ""):
        label.setText(text)
        label.grab()
        heights.add(label.sizeHint().height())
        assert label.minimumSizeHint().width() < 30
        assert bool(label.toolTip()) is (len(text) > 100)
        assert "<b>" not in label.toolTip()
    assert len(heights) == 1
    label.clamp(1)
    assert label.sizeHint().height() < heights.pop()
