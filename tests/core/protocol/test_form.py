"""What a plugin's question asks for, and what fits as an answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.protocol.emission import DEFAULT_QUESTION
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.form import Field, rules, wrong_answers
from exlab_gui.core.scenario.scenario import Answer, Enter
from tests.helpers.strategies import fields

TODAY = date(2026, 1, 31)

FILL_IN = "Required"
NO_DATE = "This is not a date: write it as 2026-01-31."


def field(kind, **rest):
    return Field("f", "F", kind, **rest)


def wrong(field, answer):
    """Return what is wrong with `answer`, or None."""
    return wrong_answers([field], {"f": answer}).get("f")


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        (field("string"), ""),
        (field("string", default="S-0042"), "S-0042"),
        (field("text", default="one\ntwo"), "one\ntwo"),
        (field("choice", options=("a", "b")), ""),
        (field("choice", options=("a", "b"), default="b"), "b"),
        (field("date"), "2026-01-31"),
        (field("date", default="2025-12-24"), "2025-12-24"),
        (field("date", default="soon"), "2026-01-31"),
        (field("date", default=True), "2026-01-31"),
        (field("boolean"), False),
        (field("boolean", default=True), True),
        (field("boolean", default="true"), True),
        (field("boolean", default="yes"), False),
    ],
)
def test_what_an_editor_holds_at_first(asked, start):
    """That is the default; without one, today for a date, False for a boolean, else nothing."""
    held = rules(asked.type).initial(asked, TODAY)
    assert (held, type(held)) == (start, type(start))


@pytest.mark.parametrize("kind", ["string", "text", "choice", "date"])
@pytest.mark.parametrize("blank", [None, "", " \t\n"])
def test_only_what_is_required_has_to_be_filled_in(kind, blank):
    """No answer, or one of spaces, is wrong where the field is required, and only there."""
    assert wrong(field(kind, required=True, options=("a",)), blank) == FILL_IN
    assert wrong(field(kind, options=("a",)), blank) is None


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        (field("string"), "anything at all", None),
        (field("text"), "one\ntwo", None),
        (field("choice", options=("a", "b")), "b", None),
        (field("choice", options=("a", "b")), "c", "Choose one of the options."),
        (field("choice", options=("a", "b")), "A", "Choose one of the options."),
        (field("date"), "2026-02-28", None),
        (field("date"), "2026-02-29", NO_DATE),
        (field("date"), "28.2.2026", NO_DATE),
        (field("date"), "2026-02-28T12:00", NO_DATE),
        (field("date"), 20260228, NO_DATE),
        (field("boolean"), True, None),
        (field("boolean", required=True), False, None),
        (field("boolean"), "true", "This is either yes or no."),
        (field("boolean"), 1, "This is either yes or no."),
        (field("boolean", required=True), None, FILL_IN),
    ],
)
def test_what_fits(asked, answer, said):
    """An answer fits the type of its field, or what is wrong is said in a sentence."""
    assert wrong(asked, answer) == said


def test_each_wrong_answer_is_told_by_its_field():
    """Of several fields those that are wrong are told, by their ids; other answers don't matter."""
    asked = [Field("a", "A", required=True), Field("b", "B"), Field("c", "C", "date")]
    answers = {"b": "fine", "c": "never", "d": "not asked for"}
    assert wrong_answers(asked, answers) == {"a": FILL_IN, "c": NO_DATE}
    assert wrong_answers([], answers) == {}


@given(st.lists(fields(), max_size=4), st.dictionaries(st.text(), st.text() | st.booleans()))
def test_whatever_is_asked_and_answered(asked, answers):
    """Every field has a start for its editor, and every answer fits or is told, by its field."""
    for one in asked:
        assert isinstance(rules(one.type).initial(one, TODAY), bool) == (one.type == "boolean")
    assert wrong_answers(asked, answers).keys() <= {one.id for one in asked}


def test_what_the_simulator_asks_for_can_be_answered():
    """The question that a session asks by default lacks nothing but the sample."""
    start = {f.id: rules(f.type).initial(f, TODAY) for f in DEFAULT_QUESTION.fields}
    assert wrong_answers(DEFAULT_QUESTION.fields, start) == {"sample_id": FILL_IN}


@pytest.mark.parametrize("name", bundled_scenarios())
def test_the_answers_of_a_bundled_scenario_fit(name):
    """What the operator answers in a scenario would have been taken by the form, too."""
    asked = ()
    for step in find_scenario(name).steps:
        match step:
            case Enter(emits=InputRequiredEnvelope(fields=asked)):
                pass
            case Answer(inputs=inputs):
                assert wrong_answers(asked, inputs) == {}
