"""New sessions without end, so that there is always something to watch."""

import asyncio
from itertools import count

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.scenario import Enter, Fail, Scenario
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.demo_server.sessions import DemoSessions
from exlab_gui.demo_server.variations import varied

INTERVAL_S = 5.0
"""Simulated seconds between two new sessions."""

WAITING = 5
"""The most sessions that wait for answers; the oldest of more are answered."""

FAILED = 4
"""The most sessions that fail, since they stay among the operations."""


class Traffic:
    def __init__(self, sessions: DemoSessions, rate: float) -> None:
        self._sessions = sessions
        self._rate = rate
        self._scenarios = [find_scenario(name) for name in bundled_scenarios()]
        self._failed = 0
        self._waiting: list[DemoSession] = []

    async def run(self) -> None:
        """Open sessions; some of the first have already failed, or wait for answers."""
        for scenario in self._scenarios:
            session = self._open(scenario, 1)
            if _asks(scenario) or _fails(scenario):
                _run_ahead(session)
        for number in count(2):
            for scenario in self._scenarios:
                if _fails(scenario) and self._failed == FAILED:
                    continue
                await asyncio.sleep(INTERVAL_S / self._rate)
                self._answer_oldest()
                self._open(scenario, number)

    def _open(self, scenario: Scenario, number: int) -> DemoSession:
        session = self._sessions.open(varied(scenario, number))
        self._failed += _fails(scenario)
        if _asks(scenario):
            self._waiting.append(session)
        return session

    def _answer_oldest(self) -> None:
        self._waiting = [session for session in self._waiting if not session.is_over]
        asking = [session for session in self._waiting if session.awaits_answers]
        for session in asking[:-WAITING]:
            session.step()


def _asks(scenario: Scenario) -> bool:
    entered = (step.state for step in scenario.steps if isinstance(step, Enter))
    return any(map(CREATION_MACHINE.awaits_input, entered))


def _fails(scenario: Scenario) -> bool:
    return any(isinstance(step, Fail) for step in scenario.steps)


def _run_ahead(session: DemoSession) -> None:
    while session.due_in_s is not None and not session.awaits_answers:
        session.step()
