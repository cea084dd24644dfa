"""Any text can stand in XML."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.text.xml import xml_text


@given(st.text(st.characters()))
def test_any_text_can_be_read_back_from_xml(text):
    """What XML can hold stays as it is, and everything else can be parsed at least."""
    element = ElementTree.Element("a", b=xml_text(text))
    read = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))
    assert read.get("b") == xml_text(text)


def test_what_xml_cannot_hold_is_written_out():
    """Control characters, lone surrogates and the like are written as their escapes."""
    assert xml_text("a\x07b\ud800c\ufffe\n\té😀") == "a\\x07b\\ud800c\\ufffe\n\té😀"
