"""The demo server's sessions, and the tasks that play them."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from msgspec import UNSET

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.state_machine import SessionState
from exlab_gui.demo_server.http.errors import RefusalError
from exlab_gui.demo_server.session import DemoSession


class DemoSessions:
    """Every session since the start, oldest first, played at `rate` times its scenario's speed."""

    def __init__(self, rate: float, make: Callable[..., DemoSession]) -> None:
        self._rate = rate
        self._make = make
        self._sessions: dict[str, DemoSession] = {}
        self._listed: dict[str, DemoSession] = {}
        self._made: dict[str, DemoSession] = {}
        self._plays: set[asyncio.Task[None]] = set()

    def __iter__(self) -> Iterator[DemoSession]:
        return iter(self._sessions.values())

    def __len__(self) -> int:
        return len(self._sessions)

    def open(
        self,
        scenario: str | Scenario,
        *,
        held: bool = False,
        request: Mapping[str, Any] | None = None,
        fields: Any = UNSET,
    ) -> DemoSession:
        """Open a session that follows `scenario`, a scenario or an argument of `find_scenario`.

        `held`: only `DemoSession.step` advances it. `request` replaces that of the scenario,
        `fields` those of its plugins' questions. Raises ScenarioError if there is no such scenario.
        """
        if isinstance(scenario, str):
            scenario = find_scenario(scenario)
        session = self._make(scenario, held=held, request=request, fields=fields)
        self._sessions[session.session_id] = self._listed[session.session_id] = session
        task = asyncio.create_task(session.play(self._rate))
        self._plays.add(task)
        task.add_done_callback(self._plays.discard)
        return session

    def get(self, session_id: str) -> DemoSession:
        if session_id not in self._sessions:
            raise RefusalError(404, "session_not_found", f"unknown session {session_id!r}")
        return self._sessions[session_id]

    def listed(self) -> Collection[DemoSession]:
        """Return the sessions among the operations, oldest first: active or failed."""
        self._take_ended()
        return self._listed.values()

    def made(self) -> Mapping[str, DemoSession]:
        """Return the sessions that created a folder, by its path."""
        self._take_ended()
        return self._made

    def _take_ended(self) -> None:
        """Unlist what has ended; with ten thousand, all are not looked through for each request."""
        for session in [one for one in self._listed.values() if one.is_over]:
            if session.state != SessionState.FAILED:
                del self._listed[session.session_id]
            if session.state == SessionState.DONE:
                self._made[(session.inner.result or {}).get("path", "")] = session

    async def forget(self) -> None:
        plays = list(self._plays)
        for task in plays:
            task.cancel()
        await asyncio.gather(*plays, return_exceptions=True)
        for kept in (self._sessions, self._listed, self._made):
            kept.clear()
