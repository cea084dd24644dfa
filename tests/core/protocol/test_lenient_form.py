"""Any question is read: what a plugin gives as fields is taken one by one, with remarks."""

from datetime import date
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.form import FieldType, answers_to_send, faults, rules, wrong_answers
from exlab_gui.core.protocol.wire import read_envelope
from tests.helpers.odd_fields import SHAPES
from tests.helpers.strategies import json_values

TODAY = date(2026, 1, 31)


def message(fields, **more):
    """Return the message of a question that asks for `fields`."""
    asked = {"kind": "input_required", "fields": fields, "reason": "?", "plugin": "p", **more}
    return msgspec.json.encode(asked)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_an_odd_question_is_asked_and_answered(shape):
    """It is read with a remark and kept as it came; what is sent has the types that it gave."""
    came = message(shape.fields)
    question, wire = read_envelope(came)
    assert wire == came
    assert question.remarks
    assert all(remark.endswith(".") for remark in question.remarks)
    fields = question.fields
    held = {f.id: rules(f.type).initial(f, TODAY) for f in fields if f.default is not None}
    entered = held | shape.entered
    assert wrong_answers(fields, entered) == {}
    sent = answers_to_send(fields, entered)
    assert msgspec.json.encode(sent) == msgspec.json.encode(shape.sent)
    assert wrong_answers(fields, sent) == {}  # as a server would judge it


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ("id", "label", "type", "options", "default", "required", "hint", "name", "odd")
            ),
            json_values(),
        )
    )
    | json_values(),
    json_values(),
)
def test_whatever_a_plugin_gives_is_a_question_that_can_be_shown(fields, reason):
    """Its fields conform, each editor has something to hold, and the message is not lost."""
    came = message(fields, reason=reason)
    question, wire = read_envelope(came)
    assert isinstance(question, InputRequiredEnvelope)
    clean = [msgspec.structs.replace(field, odd=None) for field in question.fields]
    assert list(faults(clean)) == []
    assert bool(question.remarks) <= (wire == came)
    for field in question.fields:
        rules(field.type).initial(field, TODAY)
    hash(question)


def test_what_was_odd_is_said():
    """Each remark tells what it is, in words."""
    fields = [{"id": "n", "type": "int", "default": 5, "required": "yes"}, 7, {"label": "B"}]
    question, _ = read_envelope(message(fields))
    assert question.remarks == [
        "Field 2 is left out: 7 is not a field.",
        'Field 3 ("B") is left out: no answer can be sent without an id.',
        'Field "n": no label; the type "int" is unknown; the default 5 is of another type; '
        '"required" is "yes".',
    ]


def test_a_question_without_a_reason_is_asked():
    """What lacks its reason or its plugin is a question all the same."""
    question, _ = read_envelope(b'{"kind":"input_required","fields":[],"plugin":7}')
    assert (question.reason, question.plugin) == ("", "7")
    assert question.odd == ("The plugin's reason is missing.", "The plugin's plugin is no text.")


@pytest.mark.parametrize("kind", get_args(FieldType))
@pytest.mark.parametrize("default", ["", "yes", 1, 1.5, True, [], {"a": None}])
def test_every_type_of_field_reads_any_default(kind, default):
    """What its editor then holds is a default that the type allows, or none."""
    asked = {"id": "a", "label": "A", "type": kind, "options": ["b"], "default": default}
    question, _ = read_envelope(message([asked]))
    (field,) = question.fields
    assert (field.type, rules(kind).fault(field)) == (kind, None)
