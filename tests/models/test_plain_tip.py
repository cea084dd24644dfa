"""A tool tip shows a text from outside as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import Qt, QTextDocument

from exlab_gui.core.text.sanitize import MAX_LENGTH
from exlab_gui.models.plain_tip import plain_tip

pytestmark = pytest.mark.usefixtures("qapp")

TEXTS = st.text("<>&;/ \nabltqp\"'", max_size=40) | st.sampled_from(
    ["<b>bold</b>", "a < b > c", "&lt;b&gt;", "Heart <img src=x>", "<!-- -->", "1\n <qt>\n2"]
)


def shown(tip):
    """Return the text that Qt shows for `tip`, without empty lines above and below it."""
    if not Qt.mightBeRichText(tip):
        return tip.strip("\n")
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText().strip("\n")


@given(TEXTS)
def test_any_text_is_shown_as_it_is(text):
    """Whatever looks like markup, and every space and line break, is shown as it was written."""
    assert shown(plain_tip(text)) == text.strip("\n")


@given(TEXTS)
def test_a_long_text_is_shown_as_it_is_too(text):
    """So is a text that is longer than a line."""
    text = (text + " and so on") * 20
    assert shown(plain_tip(text)) == text.strip("\n")


@pytest.mark.parametrize("text", ["", "Not legal from done.", "rendering → plugin_pass (Ctrl+4)"])
def test_a_text_without_marks_is_its_own_tip(text):
    """What can't be taken for markup is left alone, so that programs read it as it is."""
    assert plain_tip(text) == text


def test_a_long_text_is_broken_into_lines():
    """Qt breaks the lines of a tip that is longer than a screen is wide: it is markup for Qt."""
    assert Qt.mightBeRichText(plain_tip("words " * (MAX_LENGTH // 6)))
