"""The seam between a session and what shows it: the same for simulated, live and replayed ones."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from inspect import ismethod
from typing import Any, ClassVar, Literal
from weakref import WeakMethod

from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.trace import Header, Recording, new_header
from exlab_gui.sources.commands import Command
from exlab_gui.sources.metadata import SessionInfo

Work = Coroutine[Any, Any, None]
"""What a command still has to do when `SessionSource.send` returns."""

Listener = Callable[[], object]


class RefusedError(PlainError, ValueError):
    """A source does not carry out a command; the message says why, to the user."""

    field: str | None = None
    """The field of a form that is the reason, if there is one."""


@dataclass(frozen=True)
class SourceTraits:
    """What all sessions of one source have in common, and what they can be told to do."""

    origin: str
    """Where they come from, in one word that stands before "session"."""

    icon: Literal["simulated", "replay", "live"]
    commands: frozenset[type[Command]]
    """What they may carry out, at one time or another."""

    refusal: str
    """Why they never carry out any other command."""

    grows: bool = True
    """Whether more can happen. If not, the whole history is there, and can be played again."""


class Observable:
    """Tells its listeners of every change.

    It keeps no object alive whose method listens: a cycle of references would leave a listener
    that is Qt's to be destroyed in whatever thread Python collects garbage.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[], Listener | None]] = []

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` after every change, in the thread of the loop."""
        self._listeners.append(WeakMethod(listener) if ismethod(listener) else lambda: listener)

    def changed(self) -> None:
        """Tell every listener."""
        for listening in self._listeners:
            if (listener := listening()) is not None:
                listener()


class SessionSource(Observable, ABC):
    """Where one session's events come from, and where commands for it go.

    A source starts no tasks: what takes time comes back from `send`, and the caller runs it. What
    needs no waiting is done when `send` returns, so that a click has its effect at once.
    """

    traits: ClassVar[SourceTraits]

    machine: StateMachine
    """The machine that the session runs through."""

    history: Sequence[Event]
    """Everything that happened, at least one event; it only grows.

    A session that starts anew has a new sequence in this place.
    """

    @property
    @abstractmethod
    def info(self) -> SessionInfo:
        """What is known of the session now, besides its history."""

    def now(self) -> datetime:
        """Return the time of the session, in UTC; simulated time may run faster."""
        return utc_now()

    def recording(self) -> Recording:
        """Return the session so far, as it can be kept in a file."""
        return Recording(self._header(), list(self.history))

    def why_not(self, command: Command) -> str | None:
        """Return why the source would refuse `command` now, or None if it would not."""
        if type(command) not in self.traits.commands:
            return self.traits.refusal
        return self._why_not_now(command)

    def send(self, command: Command) -> Work | None:
        """Carry out `command`, and return what of it takes time, to be run by the caller.

        Raises RefusedError with the sentence of `why_not`; nothing has changed then.
        """
        if reason := self.why_not(command):
            raise RefusedError(reason)
        work = self._carry_out(command)
        self.changed()
        return work

    def close(self) -> None:
        """Stop. No listener is called any more.

        What work holds, such as a connection, the work gives back itself when it is cancelled.
        """
        self._listeners.clear()

    def _header(self) -> Header:
        """Return the header of a recording of the session."""
        begun = self.history[0].at
        return new_header(self.machine, self.info.label, self.traits.origin, begun)

    def _why_not_now(self, _command: Command) -> str | None:
        """Return why a command of the traits would be refused now, or None."""
        return None

    def _carry_out(self, command: Command) -> Work | None:
        """Do what `command`, which is not refused now, says; return what of it takes time."""
        raise NotImplementedError(command)
