"""Tool tips for text that may come from outside."""

from exlab_gui.core.text.translation import tr

_ONE_LINE = 200
"""Qt wraps the lines of markup only: longer plain text might not fit on a screen."""

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain_tip(text: str) -> str:
    """Return `text` as a tool tip that shows it literally.

    Qt reads text that looks like markup as markup. Such text, and text too long for one line, is
    escaped in a paragraph.
    """
    text = tr(text)
    plain = len(text) <= _ONE_LINE and not any(mark in text for mark in "<&")
    return text if plain else in_lines(text)


def in_lines(text: str) -> str:
    """Return `text` as markup, of which Qt breaks the lines."""
    return f'<p style="white-space: pre-wrap">{text.translate(_ESCAPED)}</p>'
