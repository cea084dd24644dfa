"""The seam between a session and what shows it: the same for simulated, live and replayed ones."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.trace import Fork, Recording
from exlab_gui.sources.commands import Command
from exlab_gui.sources.metadata import SessionInfo

Work = Coroutine[Any, Any, None]
"""What a command still has to do when `SessionSource.send` returns."""


class RefusedError(ValueError):
    """A source does not carry out a command; the message says why, to the user."""

    field: str | None = None
    """The field of a form that is the reason, where it is one."""


class SourceKind(StrEnum):
    """Where a session comes from."""

    SIMULATED = "simulated"
    RECORDED = "recorded"
    LIVE = "live"


class SessionSource(Protocol):
    """Where one session's events come from, and where commands for it go.

    A source starts no tasks: what takes time comes back from `send`, and the caller runs it. What
    needs no waiting is done when `send` returns, so that a click has its effect at once.
    """

    @property
    def label(self) -> str:
        """A short name for the session, such as ``sim-1``."""

    @property
    def kind(self) -> SourceKind:
        """Where the session comes from."""

    @property
    def info(self) -> SessionInfo:
        """What is known of it besides its history."""

    @property
    def fork(self) -> Fork | None:
        """Which session it is a fork of, and from where on; None where it is none."""

    @property
    def machine(self) -> StateMachine:
        """The machine that the session runs through."""

    @property
    def history(self) -> Sequence[Event]:
        """Everything that happened, at least one event; it only grows.

        A session that starts anew has a new sequence in this place.
        """

    @property
    def position(self) -> int | None:
        """After how many events the session is shown; None: as it is now, whatever comes."""

    @property
    def problems(self) -> Sequence[str]:
        """What could not be read or understood, a sentence each."""

    @property
    def connection(self) -> str:
        """How the session is followed now, in a sentence; empty where there is no server."""

    @property
    def playing(self) -> bool:
        """Whether the session goes on by itself."""

    @property
    def scenario(self) -> Scenario | None:
        """The scenario that it plays, or None where it plays none."""

    def now(self) -> datetime:
        """Return the time at the moment that is shown, in UTC; simulated time may run faster."""

    def recording(self) -> Recording:
        """Return the session so far, as it can be kept in a file."""

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change of anything above, in the thread of the loop."""

    def why_not(self, command: Command) -> str | None:
        """Return why the source would refuse `command` now, or None where it would not."""

    def send(self, command: Command) -> Work | None:
        """Carry out `command`, and return what of it takes time, to be run by the caller.

        Raises RefusedError with the sentence of `why_not`; nothing has changed then.
        """

    def close(self) -> None:
        """Stop. No listener is called any more.

        What work holds, such as a connection, the work gives back itself when it is cancelled.
        """
