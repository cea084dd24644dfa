import pytest
from PySide6.QtGui import QFont, QFontMetrics

from exlab_gui.theme.fonts import monospace, tabular

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_monospaced_font_is_monospaced() -> None:
    """Ids and times line up: every character is equally wide."""
    metrics = QFontMetrics(monospace())
    assert len({metrics.horizontalAdvance(c) for c in "il1mW0:."}) == 1


def test_tabular_figures_are_asked_for_on_a_copy() -> None:
    """Numbers line up in the copy; the font that was given stays as it was."""
    font = QFont()
    copy = tabular(font)
    tag = QFont.Tag("tnum")
    assert copy.featureValue(tag) == 1
    assert not font.isFeatureSet(tag)
    assert len({QFontMetrics(copy).horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1
