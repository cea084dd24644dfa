"""The system's monospace font, and tabular digits."""

from PySide6.QtGui import QFont, QFontDatabase


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
