"""What of a question fits into a form."""

from exlab_gui.core.limits import FORM_CHARACTERS, FORM_OPTIONS
from exlab_gui.core.protocol.form import Field, Oddity, answers_to_send
from exlab_gui.core.protocol.form_limits import fitting

OPTIONS = tuple(f"o{number}" for number in range(FORM_OPTIONS + 5))
LONG = "9" * (FORM_CHARACTERS + 1)


def one(field):
    """Return what is left of `field`."""
    (left,), remarks = fitting([field])
    assert remarks == ()
    return left


def test_what_fits_stays_as_it_is():
    """Nothing is changed, and nothing said."""
    fields = (
        Field("a", "A", default=LONG[1:]),
        Field("b", "B", "choice", options=OPTIONS[:FORM_OPTIONS]),
    )
    assert fitting(fields) == (fields, ())


def test_the_first_options_are_shown():
    """The suggested one is among them."""
    for default, more in ((None, ()), ("o1", ()), (OPTIONS[-1], OPTIONS[-1:])):
        left = one(Field("b", "B", "choice", options=OPTIONS, default=default))
        assert left.options == OPTIONS[:FORM_OPTIONS] + more
        assert left.odd.remarks == ("only the first 1,000 of 1,005 options are shown",)


def test_a_suggestion_that_is_too_long_is_sent_as_the_plugin_gave_it():
    """Also where its text stood for another value, and beside other remarks."""
    odd = Oddity(("no label",), ((LONG, '["x"]'),), as_json=True)
    left = one(Field("a", "", default=LONG, odd=odd))
    assert left.default is None
    assert left.odd.remarks[0] == "no label"
    assert "20,001 characters" in left.odd.remarks[1]
    assert answers_to_send([left], {"a": ""}) == {"a": ["x"]}
    assert answers_to_send([left], {"a": "7"}) == {"a": 7}
