"""The progress of a session in its scenario."""

from datetime import UTC, datetime

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.scenario import Scenario, Step, perform
from exlab_gui.core.session import Session, SessionStore
from exlab_gui.core.text.translation import phrase

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # only spans of time make a difference


class ScenarioCursor:
    """The position in a scenario from which playing goes on.

    A transition made by hand counts as played if it is the scenario's next one. Raises ValueError
    if the scenario is not legal in the machine.
    """

    def __init__(self, machine: StateMachine, scenario: Scenario | None) -> None:
        self.scenario = scenario
        self._steps = scenario.steps if scenario else ()
        self._states = _states_along(machine, scenario) if scenario else [machine.initial]
        self.place = 0

    @property
    def has_begun(self) -> bool:
        return self.place > 0

    @property
    def next(self) -> Step:
        """The next step; there is one if `why_not_next` returns None."""
        return self._steps[self.place]

    def rewind(self) -> None:
        self.place = 0

    def advance(self) -> None:
        self.place += 1

    def follow(self, state: str) -> None:
        """Take note that the user brought the session to `state`."""
        for place in range(self.place, len(self._steps)):
            if self._states[place + 1] != self._states[place]:
                if self._states[place + 1] == state:
                    self.place = place + 1
                return

    def why_not_next(self, session: Session) -> str | None:
        """Return why the scenario cannot continue with `session`, or None."""
        if session.is_over:
            return "The session is over. Reset it to start again."
        if self.scenario is None:
            return "No scenario is chosen."
        if self.place == len(self._steps):
            return "The scenario has ended. Reset the session to start again."
        expected = self._states[self.place]
        if session.state != expected:
            return phrase(
                "The scenario continues from {expected}, but the session is in {state}. Reset "
                "it to play from the beginning.",
                expected=expected,
                state=session.state,
            )
        return None


def _states_along(machine: StateMachine, scenario: Scenario) -> list[str]:
    clock = SimulatedClock(lambda: _ANY_TIME)
    store = SessionStore(machine, clock)
    session = store.open(scenario.kind, scenario.request)
    states = [session.state]
    for step in scenario.steps:
        clock.advance(step.after)
        perform(step, store, session.session_id, clock.advance)
        states.append(session.state)
    return states
