"""The steps of a scenario go through the same guard as a click, and can be written as a file."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from exlab_gui.core.protocol.envelopes import Error, ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Resumed
from exlab_gui.core.scenario.file import parse_scenario
from exlab_gui.core.scenario.scenario import (
    Answer,
    Cancel,
    Emit,
    Enter,
    Fail,
    Scenario,
    Wait,
    perform,
)
from exlab_gui.core.session import SessionStore
from tests.helpers import spec

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


class Played:
    """A session that steps are performed on, in a time that only they let pass."""

    def __init__(self, *way):
        self.now = START
        self.store = SessionStore(clock=lambda: self.now)
        self.session = self.store.open("run")
        for state in way:
            self.store.transition(self.session.session_id, state)

    def perform(self, step):
        perform(step, self.store, self.session.session_id, self.pass_time)
        return self.session.history[-1]

    def pass_time(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.mark.parametrize(("current", "new_state"), spec.LEGAL)
def test_enter_goes_where_the_table_allows(current, new_state):
    """Each of the 25 legal pairs is entered, with the envelope that belongs to it."""
    played = Played(*spec.WAYS[current])
    event = played.perform(Enter(new_state))
    assert played.session.state == event.state == new_state
    assert event.kind == (spec.KINDS[new_state] or "transition")


@pytest.mark.parametrize(("current", "new_state"), spec.ILLEGAL)
def test_enter_goes_nowhere_else(current, new_state):
    """Each of the other 96 pairs is refused, and nothing has changed."""
    played = Played(*spec.WAYS[current])
    before = list(played.session.history)
    with pytest.raises(ValueError, match="illegal state transition"):
        played.perform(Enter(new_state))
    assert played.session.history == before


@pytest.mark.parametrize(
    "envelope",
    [ProgressEnvelope("running_plugins", 1, 2), WarningEnvelope("running_plugins", "late")],
)
def test_emit_leaves_the_state(envelope):
    """Progress and warnings are emitted where the session stands."""
    event = Played(*spec.WAYS["plugin_pass"]).perform(Emit(envelope))
    assert (event.state, event.envelope) == ("plugin_pass", envelope)


def test_answer_resumes():
    """An answer takes a held session back to the state that asked, and is kept with the event."""
    event = Played(*spec.WAYS["input_required"]).perform(Answer({"sample_id": "S-1"}))
    assert (event.state, event.cause) == ("plugin_pass", Resumed({"sample_id": "S-1"}))


@pytest.mark.parametrize("discard", [False, True])
def test_cancel_aborts(discard):
    """A cancelled session is aborted, and says whether its folder goes too."""
    event = Played("validating").perform(Cancel(discard_files=discard))
    assert (event.state, event.cause) == ("aborted", Cancelled(discard))


def test_fail_fails():
    """A session fails with the error that the step names."""
    event = Played("validating").perform(Fail(Error("validation_failed", field="label")))
    assert (event.state, event.error) == ("failed", Error("validation_failed", field="label"))


@pytest.mark.parametrize("state", spec.STATES)
@pytest.mark.parametrize("seconds", [3_600, 3_601])
def test_wait_closes_what_is_abandoned(state, seconds):
    """After more than an hour without a heartbeat a held session is aborted, and no other."""
    played = Played(*spec.WAYS[state])
    played.perform(Wait(seconds=seconds))
    assert played.now == START + timedelta(seconds=seconds)
    if state == "input_required" and seconds > 3_600:
        assert played.session.state == "aborted"
        assert played.session.history[-1].cause == Abandoned(3_601)
    else:
        assert played.session.state == state


def test_only_wait_lets_time_pass():
    """The delay before a step is not passed by performing it."""
    played = Played()
    played.perform(Enter("validating", after=600))
    assert played.now == START


def test_a_scenario_can_be_written_as_a_file():
    """A scenario that is encoded as JSON is a scenario file, and loads as what it was."""
    scenario = Scenario(
        title="Through",
        kind="project",
        request={"label": "A"},
        steps=(Enter("validating", after=0.1), Fail(Error("internal_error")), Wait(seconds=5)),
    )
    assert parse_scenario(msgspec.json.encode(scenario), "written.json") == scenario
