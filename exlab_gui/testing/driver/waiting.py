"""Waiting for what a session does."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from exlab_gui.sources.commands import Play
from exlab_gui.testing.assertions import Part, assert_state, differences, envelope_part
from exlab_gui.testing.driver.acting import Acting, waits
from exlab_gui.testing.loop import wait_until

T = TypeVar("T")

TIMEOUT_S = 10.0
"""How long a driver waits by default."""


class WaitDriver(Acting):
    @waits
    def wait_for(self, state: str, timeout: float = TIMEOUT_S) -> None:
        """Return once the session has entered `state` since the last action, or if it is there.

        A session that goes on quickly may have left `state` again by then. Raises TimeoutError,
        with the state and the log, after `timeout` seconds, or as soon as it can never come.
        """
        assert_state(state, self.session.machine.states)

        def entered() -> bool:
            session, news = self.session, self._news()
            places = [place for place, event in enumerate(news) if event.state == state]
            if places:
                self._mark(session.shown_count - len(news) + places[0])
            return bool(places) or session.state == state

        def never() -> str | None:
            machine, now = self.session.machine, self.session.state
            if self._is_simulated and state not in machine.reachable(now):
                return f"No legal path leads there from {now}."
            return self._why_nothing_comes()

        self._wait(entered, f"{state} was not entered", timeout, never)

    @waits
    def wait_for_envelope(self, envelope: str | Part, timeout: float = TIMEOUT_S) -> Part:
        """Return the first envelope since the last action that is as `envelope` says.

        That is its kind, or a mapping with a part of it. Raises TimeoutError as `wait_for` does.
        """
        wanted = {"kind": envelope} if isinstance(envelope, str) else envelope

        def emitted() -> Part | None:
            found = (part for event in self._news() if (part := envelope_part(event)))
            return next((part for part in found if not any(differences(wanted, part, "it"))), None)

        found = self._wait(
            emitted, f"{dict(wanted)} was not emitted", timeout, self._why_nothing_comes
        )
        assert found is not None
        return found

    @waits
    def wait_until(
        self, condition: Callable[[], T], timeout: float = TIMEOUT_S, what: str = "The condition"
    ) -> T:
        """Return what `condition` returns, as soon as that is true.

        Raises TimeoutError after `timeout` seconds; `what` is to become true then.
        """
        return self._wait(condition, f"{what} was not fulfilled", timeout, lambda: None)

    @property
    def _is_simulated(self) -> bool:
        return self.session.can(Play)

    def _why_nothing_comes(self) -> str | None:
        if self.session.is_over:
            return "The session is over."
        # In a coroutine test, the test is a task itself; any other may act on the session.
        loop = asyncio.get_running_loop()
        has_tasks = len(asyncio.all_tasks()) > loop.is_running()
        if self._is_simulated and not self.session.playing and not has_tasks:
            return "Nothing is playing."
        return None

    def _wait(
        self,
        condition: Callable[[], T],
        what: str,
        timeout: float,
        never: Callable[[], str | None],
    ) -> T:
        found: Any = None
        why: str | None = None

        def is_decided() -> bool:
            nonlocal found, why
            why = never()  # asked first: what comes meanwhile counts
            found = condition()
            return bool(found) or why is not None

        def explain() -> str:
            return self._where(f"{what} within {timeout:g} s.")

        wait_until(is_decided, timeout, explain)
        if not found:
            raise TimeoutError(self._where(f"{what}, and now never will be. {why}"))
        result: T = found
        return result
