from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.labels import WrappingLabel, caption, plain_label

MARKUP = "<b>bold</b> &amp; <img src='x'>"


@pytest.mark.parametrize("make", [plain_label, caption, WrappingLabel])
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


@pytest.mark.parametrize("word", ["x" * 10_000, "-1" * 5_000, "W" * 10_000])
def test_a_long_word_does_not_make_the_window_wide(qtbot: QtBot, word: str) -> None:
    """A word of 10,000 characters is shown whole, in no more room than a label has."""
    label = WrappingLabel(word)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 400
    assert label.text().replace("\N{ZERO WIDTH SPACE}", "") == word


def test_ordinary_words_are_left_alone(qtbot: QtBot) -> None:
    """What fits into a line can be copied as it is: names, ids of 36 characters, paths."""
    path = "/labs/data/omics/SEQUENCER_02/Run_2026-04-03_Plot_C"
    text = f"f47ac10b-58cc-4372-a567-0e02b2c3d479 in\n{path}"
    label = WrappingLabel(text)
    qtbot.addWidget(label)
    assert label.text() == text
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_what_cannot_be_seen_is_written_out(qtbot: QtBot) -> None:
    """Control characters, and those that turn the direction of writing, are told as they are."""
    label = WrappingLabel("a\x00b\x1b[31m\u202ec\nsecond\tline")
    qtbot.addWidget(label)
    assert label.text() == r"a\x00b\x1b[31m\u202ec" + "\n" + r"second\tline"


def test_an_endless_text_is_cut(qapp):
    """Ten million lines are not laid out: what is left ends in an ellipsis."""
    label = WrappingLabel("x\n" * 10_000_000)
    assert len(label.text()) < 30_000
    assert label.text().endswith("…")
