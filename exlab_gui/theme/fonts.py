"""The system's monospace font, and tabular digits."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget


def monospace() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def tabular(font: QFont) -> QFont:
    """Return a copy of `font` whose digits are equally wide."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


def scaled(font: QFont, factor: float) -> QFont:
    """Return a copy of `font` that is `factor` times as large, whatever its size is given in."""
    copy = QFont(font)
    if font.pixelSize() > 0:
        copy.setPixelSize(max(round(font.pixelSize() * factor), 1))
    else:
        copy.setPointSizeF(font.pointSizeF() * factor)
    return copy


def give_font(widget: QWidget, font: QFont) -> None:
    """Give `widget` another font than it had when it was styled first.

    Whenever it is styled anew, Qt gives it that of this property.
    """
    widget.setFont(font)
    widget.setProperty("_q_styleSheetWidgetFont", font)
