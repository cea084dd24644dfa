"""Tool tips for text that may come from outside."""

from html import escape

_ONE_LINE = 200
"""Qt breaks the lines of markup only: a longer text than this would not fit on a screen."""


def plain_tip(text: str) -> str:
    """Return `text` as a tool tip that shows it as it is.

    Qt reads a tool tip that looks like markup as markup. Text that does, and text too long for one
    line, is escaped, inside marks that make it markup for certain.
    """
    if len(text) <= _ONE_LINE and not any(mark in text for mark in "<&"):
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
