"""Tool tips for text that may come from outside."""

from html import escape


def plain_tip(text: str) -> str:
    """Return `text` as a tool tip that shows it as it is.

    Qt reads a tool tip that looks like markup as markup. Text that does is escaped, inside a mark
    that makes it markup for certain.
    """
    if not any(mark in text for mark in "<&"):
        return text
    return f"<qt>{escape(text)}</qt>"
