"""Events as messages between those that take part in a session."""

from typing import get_args

import pytest

from exlab_gui.core.analysis.sequence import message
from exlab_gui.core.protocol.actors import Actor
from exlab_gui.core.protocol.envelopes import ENVELOPES, InputRequiredEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Cause, Event, Origin, Resumed
from tests.helpers.strategies import START


def event(seq, state, **more):
    return Event(seq, START, state, Origin.OBSERVED, **more)


@pytest.mark.parametrize("kind", [*ENVELOPES.values(), *get_args(Cause)])
def test_each_kind_says_whom_it_concerns(kind):
    """An envelope and a cause have a sender and a receiver, so no event is without a place."""
    assert set(kind.between) <= set(Actor)


def test_a_question_goes_to_the_operator_and_its_answer_back():
    """The plugin asks; the answer is for it, and the session goes on."""
    asked = InputRequiredEnvelope((), "Which mount?", "raw_copy")
    question = message(event(5, "input_required", envelope=asked), event(4, "plugin_pass"))
    assert question.between == (Actor.PLUGIN, Actor.OPERATOR)
    assert question.spoken.startswith("Plugin → Operator: raw_copy: Which mount?")
    answer = message(
        event(6, "plugin_pass", cause=Resumed({"mount": 1})), event(5, "input_required")
    )
    assert answer.between == (Actor.OPERATOR, Actor.PLUGIN)
    assert answer.enters


def test_a_session_is_opened_by_its_operator_and_moves_by_itself():
    """The first event comes from outside; a plain change of state concerns the session alone."""
    opened = event(1, "pending")
    assert message(opened, None).between == (Actor.OPERATOR, Actor.SESSION)
    moved = message(event(2, "validating"), opened)
    assert moved.is_within
    assert moved.spoken == "validating"


def test_progress_enters_no_state():
    """It is told by the plugin between two changes of state."""
    before = event(4, "plugin_pass")
    told = message(event(5, "plugin_pass", envelope=ProgressEnvelope("p", 1, 4)), before)
    assert (told.between[0], told.enters) == (Actor.PLUGIN, False)
