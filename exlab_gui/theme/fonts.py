"""The system's monospace font, and tabular digits."""

from PySide6.QtGui import QFont, QFontDatabase


def monospace() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def tabular(font: QFont) -> QFont:
    """Return a copy of `font` whose digits are equally wide."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy
