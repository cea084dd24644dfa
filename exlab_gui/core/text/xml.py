"""Text that XML can hold."""

import re

# Patterns are compiled with their first use: the window opens sooner without.

# Everything except the characters of XML 1.0.
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

# What an XML name cannot hold, and each "_" by which two names could come out as one: at an end,
# beside another one, and where the code of a character seems to begin.
_NOT_NAME = (
    r"(?a:[^-.\w\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff]"
    r"|^_|_$|_(?=_|x)|(?<=_)_)"
)

_ESCAPED = str.maketrans({char: f"&#{ord(char)};" for char in '&<>"\t\n\r'})


def xml_text(text: str) -> str:
    r"""Return `text` with each character that XML cannot hold written out, as ``\x07``."""
    if text.isprintable():  # the common case: all of these characters are XML's
        return text
    return re.sub(_NOT_XML, _written_out, text)


def xml_attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotation marks."""
    return f'"{xml_text(text).translate(_ESCAPED)}"'


def xml_name(text: str) -> str:
    """Return `text` as part of an XML name, after its first letter: ``_x20_`` stands for a space.

    Different texts never give the same name, nor do two that are joined by ``__``.
    """
    return re.sub(_NOT_NAME, lambda found: f"_x{ord(found[0]):X}_", text)


def _written_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
