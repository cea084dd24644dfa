"""Text that XML can hold."""

import re

# Everything but what XML 1.0 calls a character.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ESCAPED = str.maketrans({char: f"&#{ord(char)};" for char in '&<>"\t\n\r'})


def xml_text(text: str) -> str:
    r"""Return `text` with each character that XML cannot hold written out, as ``\x07``."""
    return _NOT_XML.sub(_written_out, text)


def xml_attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotation marks."""
    return f'"{xml_text(text).translate(_ESCAPED)}"'


def _written_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
