"""One thing that happened to a session, and what is known of its cause."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, assert_never

import msgspec

from exlab_gui.core.protocol.envelopes import DoneEnvelope, Envelope, Error, FailedEnvelope
from exlab_gui.core.protocol.wire import kind_of, phase_of

Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
"""The number of an event; those of a sound history count from 1."""

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time that is the same everywhere: it knows its offset from UTC."""


class Origin(StrEnum):
    """How an event is known."""

    SIMULATED = "simulated"
    OBSERVED = "observed"
    INFERRED = "inferred"


class Resumed(msgspec.Struct, frozen=True, tag_field="cause", tag="resumed"):
    """The operator answered what a plugin asked for (§4.4.7)."""

    answers: dict[str, Any]


class Cancelled(msgspec.Struct, frozen=True, tag_field="cause", tag="cancelled"):
    """The operator cancelled; `discard_files`: the partly made folder goes too (§4.4.7)."""

    discard_files: bool


class Abandoned(msgspec.Struct, frozen=True, tag_field="cause", tag="abandoned"):
    """Nobody answered: no heartbeat for `idle_s` seconds (§4.4.7)."""

    idle_s: float


class Reported(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="cause", tag="reported"):
    """A server's snapshot told how the session ended, where no envelope did."""

    error: Error | None = None
    result: dict[str, Any] | None = None


Cause = Resumed | Cancelled | Abandoned | Reported


class Mark(StrEnum):
    """How an event stands to those before it, if it does not simply follow."""

    GAP = "gap"
    """States that several ways could explain may have passed, unobserved, before it."""

    LATE = "late"
    """It tells of a state that the session had been in before, and so enters none."""


_LATE = Mark.LATE  # looked up once: Python 3.11 takes long for it, and there are a million events


class Event(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One line of a session's history.

    `seq` counts from 1; `at` is when it arrived, in UTC with microseconds; `state` is the state
    after it; `envelope` is what was emitted, None for a change of state that emits nothing. The
    phase is not kept: the machine derives it from the state. `wire` is the message as it came,
    where it says more than `envelope` does: fields or kinds that this program does not know.
    `earliest` is given where it may have happened at any time from then until `at`.
    """

    seq: Number
    at: Instant
    state: str
    origin: Origin
    envelope: Envelope | None = None
    cause: Cause | None = None
    wire: bytes | None = None
    earliest: Instant | None = None
    mark: Mark | None = None

    @property
    def kind(self) -> str:
        """The envelope's kind, or ``transition`` for a change of state that emits none."""
        if self.envelope is not None:
            return self.envelope.kind
        return "transition" if self.wire is None else kind_of(self.wire)

    @property
    def phase(self) -> str | None:
        """The phase that its message bears, if any."""
        if self.envelope is not None:
            return self.envelope.phase
        return None if self.wire is None else phase_of(self.wire)

    def enters(self, before: str | None) -> bool:
        """Return whether the session, in state `before` until then, entered `state` with it.

        The first event, with no state before it, always does. Later, a late message never does. A
        message that belongs to no change of state, or is not understood, does only if it shows
        another state.
        """
        if self.mark is _LATE:
            return before is None
        if self.state != before:
            return True
        return self.wire is None if self.envelope is None else self.envelope.enters

    @property
    def error(self) -> Error | None:
        """Why the session ended with this event, if it failed or was aborted."""
        if isinstance(self.envelope, FailedEnvelope):
            return self.envelope.error
        match self.cause:
            case Cancelled(discard_files=discard):
                folder = "discarded" if discard else "kept"
                return Error("cancelled", f"Cancelled; the partly made folder is {folder}.")
            case Abandoned(idle_s=idle):
                return Error("session_abandoned", f"No heartbeat for {idle:,.0f} s.")
            case Reported(error=error):
                return error
            case Resumed() | None:
                return None
        assert_never(self.cause)

    @property
    def result(self) -> Mapping[str, Any] | None:
        """What the session made, if it is done with this event."""
        if isinstance(self.envelope, DoneEnvelope):
            return self.envelope.result
        return self.cause.result if isinstance(self.cause, Reported) else None
