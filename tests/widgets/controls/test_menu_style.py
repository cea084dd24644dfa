"""What can be chosen in a menu can be seen, in every theme."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionMenuItem
from pytestqt.qtbot import QtBot

from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.menu_style import tell_why_disabled
from tests.helpers.hands import POPUPS
from tests.helpers.window import settle

pytestmark = POPUPS


def luminance(colour: QColor) -> float:
    parts = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_box_that_is_not_checked_can_be_seen(theme: Theme, qtbot: QtBot, scheme: str) -> None:
    """Its frame has a contrast of 3 : 1 to the menu, as WCAG asks of controls."""
    theme.choose(scheme)
    menu = QMenu()
    qtbot.addWidget(menu)
    tell_why_disabled(menu)
    menu.addAction("Wide").setCheckable(True)
    menu.show()
    settle()
    image: QImage = menu.grab().toImage()
    option = QStyleOptionMenuItem()
    option.initFrom(menu)
    size = menu.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, menu)
    around = luminance(image.pixelColor(image.width() - 4, image.height() // 2))
    seen = [
        luminance(image.pixelColor(x, y)) for x in range(2 * size) for y in range(image.height())
    ]
    low, high = (sorted((around, one)) for one in (min(seen), max(seen)))
    contrasts = [(light + 0.05) / (dark + 0.05) for dark, light in (low, high)]
    assert max(contrasts) >= 3
    menu.close()
