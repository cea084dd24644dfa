"""Waiting for what a session does."""

from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.testing.driver.acting import Acting, acts
from exlab_gui.testing.loop import wait_until

TIMEOUT_S = 10.0
"""How long a driver waits by default."""


class WaitDriver(Acting):
    @acts
    def wait_for(self, state: str, timeout: float = TIMEOUT_S) -> None:
        """Return once the session has entered `state`, or at once if it is there.

        A session that goes on quickly may have left `state` again by then. Raises TimeoutError,
        with the state and the log, after `timeout` seconds, or as soon as nothing can
        come any more.
        """
        session = self.session
        begun = session.count
        if state not in session.machine.states:
            raise ValueError(unknown_name_message(state, session.machine.states, "a state"))

        def entered() -> bool:
            return state in (session.state, *(event.state for event in session.history[begun:]))

        wait_until(
            lambda: entered() or session.is_over,
            timeout,
            lambda: self._where(f"{state} was not entered within {timeout:g} s."),
        )
        if not entered():
            raise TimeoutError(self._where(f"{state} was not entered, and now never will be."))
