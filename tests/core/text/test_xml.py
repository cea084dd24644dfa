"""Any text can stand in XML."""

import re
from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import strategies as st

from exlab_gui.core.text.xml import xml_name, xml_text


@given(st.text(st.characters()))
def test_any_text_can_be_read_back_from_xml(text):
    """What XML can hold stays as it is, and everything else can be parsed at least."""
    element = ElementTree.Element("a", b=xml_text(text))
    read = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))
    assert read.get("b") == xml_text(text)


def test_what_xml_cannot_hold_is_written_out():
    """Control characters, lone surrogates and the like are written as their escapes."""
    assert xml_text("a\x07b\ud800c\ufffe\n\té😀") == "a\\x07b\\ud800c\\ufffe\n\té😀"


# The characters of XML 1.0's production 4a, but for the colon, which namespaces take.
NAME = re.compile(
    "[-.0-9A-Z_a-z\xb7\xc0-\xd6\xd8-\xf6\xf8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]*"
)
pairs = st.tuples(*[st.text(st.sampled_from("ax_<3C") | st.characters(), max_size=6)] * 2)


@given(pairs, pairs)
@example(("a", "b__c"), ("a__b", "c"))
@example(("a_", "b"), ("a", "_b"))
@example(("<", "x3C_"), ("_x3C_", "x3C_"))
def test_any_text_gives_a_name_of_its_own(one, other):
    """It has only what an XML name may have, and two texts, or two pairs, never give one name."""
    (a, b), (c, d) = (map(xml_name, pair) for pair in (one, other))
    assert NAME.fullmatch(a)
    assert (a == b) == (one[0] == one[1])
    assert (f"{a}__{b}" == f"{c}__{d}") == (one == other)


def test_an_ordinary_name_stays_as_it_is():
    """What reads like an identifier, in any alphabet, is its own name."""
    for name in ("input_required", "Prüfung-2", "a.b", "状态"):
        assert xml_name(name) == name
    assert xml_name("läuft <b>") == "läuft_x20__x3C_b_x3E_"
