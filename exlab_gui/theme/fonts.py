"""The fonts of the window: the system's own, and its fixed one for ids, times and JSON."""

from PySide6.QtGui import QFont, QFontDatabase


def monospace() -> QFont:
    """Return the system's font in which every character is equally wide."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def tabular(font: QFont) -> QFont:
    """Return a copy of `font` whose digits are equally wide, so that columns of numbers line up."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy
