"""All that is known of one event."""

import pytest

from exlab_gui.core.analysis.details import changes
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.text.event_facts import MAX_ANSWERS, event_facts
from exlab_gui.sources.commands import Fail, Resume
from tests.helpers.sessions import session_in

pytestmark = pytest.mark.usefixtures("qapp")


def facts(session, index=-1):
    """Return the texts of the facts about an event, by their names."""
    index %= session.count
    found = event_facts(session.visits, index, session.findings.get(index, ()))
    return {name: text for name, text, _ in found}


def test_a_failure_tells_its_message_and_what_it_changed():
    """The message is whole, with its lines; the state and the error are told before and after."""
    session = session_in("rendering")
    session.request(Fail(Error("internal_error", "x" * 600 + "\n<b>end</b>")))
    told = facts(session)
    assert told["Message"].endswith("x\n<b>end</b>")
    assert told["State changed"] == "rendering → failed"
    assert told["Phase changed"] == "rendering_template → none"
    assert told["Error changed"].startswith("none → internal_error")
    assert told["Kind"] == "failed"
    assert told["Known"] == "simulated"


def test_answers_are_told_one_by_one():
    """What the operator answered is there, but for a crowd of answers, which is counted."""
    session = session_in("input_required")
    answers = {f"field_{number}": number for number in range(MAX_ANSWERS + 2)}
    session.request(Resume({"sample_id": "S-1", "empty": None} | answers))
    told = facts(session)
    assert told["Answer sample_id"] == "S-1"
    assert told["Answer empty"] == "No answer"
    assert told["Answers"] == "4 more are in the JSON."
    assert told["Next action changed"] == "awaiting input → none"


def test_the_first_event_changes_nothing():
    """Before it there was no session."""
    session = session_in("pending")
    assert changes(session.visits, 0) == []
    assert facts(session)["Message"] == "opened"


def test_what_is_between_transitions_changes_nothing():
    """Each change is told at its own event."""
    session = session_in("done")
    told = [[one.name for one in changes(session.visits, i)] for i in range(session.count)]
    assert told[1] == ["State", "Phase"]
    assert told[-1] == ["State", "Result", "Phase"] or set(told[-1]) == {"State", "Result", "Phase"}
