"""The interface of simulated, live and recorded sessions."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from inspect import ismethod
from typing import Any, ClassVar, Literal
from weakref import WeakMethod

import msgspec

from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.trace import Header, Recording, new_header
from exlab_gui.sources.commands import Command
from exlab_gui.sources.metadata import SessionInfo

Work = Coroutine[Any, Any, None]
"""The rest of a command after `SessionSource.send` has returned."""

Listener = Callable[[], object]


class RefusedError(PlainError, ValueError):
    """A source refuses a command; the message tells the user why."""

    field: str | None = None
    """The form field that caused the refusal, if any."""


class SourceTraits(msgspec.Struct, frozen=True):
    """Properties shared by all sessions of one kind of source."""

    origin: str
    """The word for it in recordings, such as "live"."""

    short: str
    """The word for it in the window, such as "Live"."""

    title: str
    """What such a session is called, such as "Live session"."""

    icon: Literal["simulated", "replay", "live"]
    commands: frozenset[type[Command]]
    """The commands that are ever accepted."""

    refusal: str
    """Why any other command is refused."""

    grows: bool = True
    """Whether more events can follow. If not, the history can be replayed."""

    is_here_only: bool = False
    """Whether a session is in this program only, and is lost with it unless it is saved."""

    is_archived: bool = False
    """Whether sessions are recorded into the archive by themselves."""


class Observable:
    """Tells its listeners of every change.

    It holds bound methods weakly. In a reference cycle, Python could destroy a listening Qt object
    in any thread that collects garbage.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[], Listener | None]] = []

    @property
    def is_observed(self) -> bool:
        return any(listening() is not None for listening in self._listeners)

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` after every change, in the thread of the loop."""
        self._listeners.append(WeakMethod(listener) if ismethod(listener) else lambda: listener)

    def unsubscribe(self, listener: Listener) -> None:
        self._listeners = [one for one in self._listeners if one() != listener]

    def changed(self) -> None:
        for listening in self._listeners:
            if (listener := listening()) is not None:
                listener()


class SessionSource(Observable, ABC):
    """One session's events, and the target of its commands.

    A source starts no tasks: `send` returns work that takes time, and the caller runs it. All else
    is done when `send` returns, so that a click has its effect at once.
    """

    traits: ClassVar[SourceTraits]

    machine: StateMachine
    history: Sequence[Event]
    """All events, at least one; it only grows. A reset puts a new sequence in its place.

    So does a correction by a late message, but `arrivals` is still the same then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keepers = Observable()
        """Tells those who keep the session of every change, also after `close`."""

    def changed(self) -> None:
        super().changed()
        self.keepers.changed()

    @property
    def arrivals(self) -> Sequence[Event]:
        """The events in the order in which they became known; that is how they are recorded."""
        return self.history

    @property
    @abstractmethod
    def info(self) -> SessionInfo:
        """What is known of the session now, besides its history."""

    def as_arrived(self, entered: Event) -> Event:
        """Return the event that `entered` the present state as it is among the `arrivals`."""
        return entered

    def now(self) -> datetime:
        """Return the session's time in UTC; simulated time may run faster than real time."""
        return utc_now()

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has happened that closing the session could lose."""
        return False

    def before_reset(self) -> "SessionSource | None":
        """Return the session so far as a source of its own, if a reset would lose it.

        What happens here later does not change it.
        """
        return None

    def recording(self) -> Recording:
        """Return the session so far."""
        return Recording(self._header(), list(self.arrivals))

    def why_not(self, command: Command) -> str | None:
        """Return why the source would refuse `command` now, or None."""
        if type(command) not in self.traits.commands:
            return self.traits.refusal
        return self._why_not_now(command)

    def send(self, command: Command) -> Work | None:
        """Carry out `command`; return the part that takes time, if any, for the caller to run.

        Raises RefusedError with the sentence of `why_not`; the session has not changed then.
        """
        if reason := self.why_not(command):
            raise RefusedError(reason)
        work = self._carry_out(command)
        self.changed()
        return work

    def close(self) -> None:
        """Stop, and call no listener again; cancelled work closes its own connections.

        A source that is fed from outside goes on for its `keepers`.
        """
        self._listeners.clear()

    def note_unkept(self) -> None:
        """Stop what a closed source does for its `keepers`, if none is left."""

    def _header(self) -> Header:
        begun = self.history[0].at
        return new_header(self.machine, self.info.label, self.traits.origin, begun)

    def _why_not_now(self, _command: Command) -> str | None:
        """Return why a command that is among the traits' would be refused now, or None."""
        return None

    def _carry_out(self, command: Command) -> Work | None:
        """Do what `send` promises for `command`, which is not refused now.

        A source whose traits have no commands needs none of this.
        """
        raise RefusedError(self.traits.refusal)
