"""How far a session has come in its scenario, played or stepped by hand."""

from datetime import UTC, datetime

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario, Step, perform
from exlab_gui.core.session import Session, SessionStore

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # only spans of time make a difference


class ScenarioCursor:
    """The place in a scenario that playing goes on from.

    A move made by hand that the scenario would have made next counts as played. Raises ValueError
    where the scenario is not legal in the machine.
    """

    def __init__(self, machine: StateMachine, scenario: Scenario | None) -> None:
        self.scenario = scenario
        self._steps = scenario.steps if scenario else ()
        self._states = _states_along(machine, scenario) if scenario else [machine.initial]
        self._place = 0

    @property
    def has_begun(self) -> bool:
        """Whether any step was done since the beginning."""
        return self._place > 0

    @property
    def next(self) -> Step:
        """The step that comes next; there is one where `why_not_next` gives None."""
        return self._steps[self._place]

    def rewind(self) -> None:
        """Go back to the beginning."""
        self._place = 0

    def advance(self) -> None:
        """Go on to the step after the next one."""
        self._place += 1

    def follow(self, state: str) -> None:
        """Take note that the session was brought to `state` by hand."""
        for place in range(self._place, len(self._steps)):
            if self._states[place + 1] != self._states[place]:
                if self._states[place + 1] == state:
                    self._place = place + 1
                return

    def why_not_next(self, session: Session) -> str | None:
        """Return why the scenario can't go on with `session` as it stands, or None."""
        if session.is_over:
            return "The session is over. Reset it to start again."
        if self.scenario is None:
            return "No scenario is chosen."
        if self._place == len(self._steps):
            return "The scenario is at its end. Reset the session to start again."
        due = self._states[self._place]
        if session.state != due:
            return (
                f"The scenario goes on from {due}, but the session was taken to {session.state}. "
                "Reset it to play from the beginning."
            )
        return None


def _states_along(machine: StateMachine, scenario: Scenario) -> list[str]:
    """Return the state before the first step, and after each one."""
    clock = SimulatedClock(lambda: _ANY_TIME)
    store = SessionStore(machine, clock)
    session = store.open(scenario.kind, scenario.request)
    states = [session.state]
    for step in scenario.steps:
        clock.advance(step.after)
        perform(step, store, session.session_id, clock.advance)
        states.append(session.state)
    return states
