"""A session that is stepped: what it emits, and where it can be taken."""

import pytest

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Enter, Fail, Scenario
from exlab_gui.demo_server.session import DemoSession
from tests.demo_server.client import GOOD_ANSWERS, finished, illegal


def opened(name):
    """Return a session of the scenario of that name."""
    return DemoSession(find_scenario(name), held=True)


@pytest.mark.parametrize("name", bundled_scenarios())
def test_by_default_every_session_is_legal_and_comes_to_an_end(name):
    """A session that is stepped through any scenario obeys the table."""
    session = finished(opened(name))
    assert session.is_over
    assert illegal(session) == []


def test_nothing_is_done_where_nothing_is_left():
    """A session that is over stays as it is, however often it is stepped."""
    session = finished(opened("happy_path"))
    before = list(session.inner.history)
    session.step()
    assert list(session.inner.history) == before


def test_a_scenario_that_just_ends_leaves_its_session_standing():
    """Without a step left, nothing is due and nothing happens."""
    steps = (Enter(state="validating"),)
    session = DemoSession(Scenario(title="Short", steps=steps), held=True)
    session.step()
    assert (session.state, session.due_in_s) == ("validating", None)
    session.step()
    assert session.state == "validating"


def test_answers_where_none_are_asked_for():
    """They are refused, and what was answered first stands."""
    session = opened("asks_once")
    with pytest.raises(ValueError, match="does not wait for input: it is in pending"):
        session.answer({})
    session.run_to("input_required")
    session.answer(GOOD_ANSWERS)
    with pytest.raises(ValueError, match="does not wait for input"):
        session.answer({})


@pytest.mark.parametrize("name", ["cancelled_while_asked", "abandoned"])
def test_answers_that_the_scenario_does_not_expect(name):
    """Where its own operator would not have answered, a session that gets answers goes through."""
    session = opened(name)
    session.run_to("input_required")
    answers = {"plate_type": "tubes", "stub_id": "C-18", "coating": "gold"}
    session.answer(answers)
    assert finished(session).state == "done"
    assert illegal(session) == []


def test_every_question_of_a_scenario_waits_for_its_own_answer():
    """A plugin that asks twice asks again after a good answer, too."""
    session = opened("asks_twice")
    session.run_to("input_required")
    session.answer({"control_tube": "QC-131"})
    session.step()
    assert session.question is None
    session.run_to("input_required")
    assert [field.id for field in session.question.fields] == [
        "control_tube",
        "rack",
        "thawed_before",
    ]


def test_failing_at_once():
    """A session can fail where it was opened, with its own error."""
    error = Error("template_load_error", "None.")
    scenario = Scenario(title="Fails", steps=(Fail(error=error),))
    session = finished(DemoSession(scenario, held=True))
    assert (session.state, session.inner.error) == ("failed", error)
