"""The events of a session, and their causes."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, assert_never

import msgspec

from exlab_gui.core.protocol.actors import Actor, Between
from exlab_gui.core.protocol.envelopes import DoneEnvelope, Envelope, Error, FailedEnvelope
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.protocol.wire import kind_of, phase_of

Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
"""The number of an event; those of a sound history count from 1."""

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time with its offset from UTC."""


class Origin(StrEnum):
    """How an event is known."""

    SIMULATED = "simulated"
    OBSERVED = "observed"
    INFERRED = "inferred"


class Resumed(msgspec.Struct, frozen=True, tag_field="cause", tag="resumed"):
    """The operator answered a plugin's question (§4.4.7)."""

    between: ClassVar[Between] = Actor.OPERATOR, Actor.PLUGIN

    answers: dict[str, Any]


class Cancelled(msgspec.Struct, frozen=True, tag_field="cause", tag="cancelled"):
    """The operator cancelled; `discard_files`: the partly made folder is discarded (§4.4.7)."""

    between: ClassVar[Between] = Actor.OPERATOR, Actor.SESSION

    discard_files: bool


class Abandoned(msgspec.Struct, frozen=True, tag_field="cause", tag="abandoned"):
    """Nobody answered: no heartbeat for `idle_s` seconds (§4.4.7)."""

    between: ClassVar[Between] = Actor.SESSION, Actor.SESSION

    idle_s: float


class Reported(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="cause", tag="reported"):
    """The end of the session is known from a server's snapshot, not from an envelope."""

    between: ClassVar[Between] = Actor.SERVER, Actor.SESSION

    error: Error | None = None
    result: dict[str, Any] | None = None


Cause = Resumed | Cancelled | Abandoned | Reported | Explained


class Mark(StrEnum):
    """How an event relates to those before it, if it does not simply follow."""

    GAP = "gap"
    """Unobserved states may have passed before it, by more than one path."""

    LATE = "late"
    """It reports an earlier state, and so enters none."""

    RESULT = "result"
    """The session is known from its result only: nothing that led to it was observed."""

    LOSS = "loss"
    """Events before it may be lost, since the event stream broke off."""


_LATE = Mark.LATE  # looked up once: Python 3.11 takes long for it, and there are a million events


class Event(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One line of a session's history.

    `seq` counts from 1; `at` is the time of arrival in UTC with microseconds; `state` is the state
    after it; `envelope` is None for a transition that emits nothing. `wire` is the message as it
    came, if it has fields or a kind that this program does not know. If `earliest` is given, the
    event happened at any time from then until `at`.
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
    def after_gap(self) -> bool:
        """Whether states may have passed unobserved before it."""
        return self.mark is Mark.GAP or self.mark is Mark.RESULT

    @property
    def kind(self) -> str:
        """The envelope's kind, or ``transition`` if there is none."""
        if self.envelope is not None:
            return self.envelope.kind
        return "transition" if self.wire is None else kind_of(self.wire)

    @property
    def phase(self) -> str | None:
        if self.envelope is not None:
            return self.envelope.phase
        return None if self.wire is None else phase_of(self.wire)

    def enters(self, before: str | None) -> bool:
        """Return whether the session, in state `before` until then, entered `state` with it.

        The first event, with no state before it, always does. Later, a late message never does,
        and one that is not understood, or comes between transitions, only if it shows another
        state.
        """
        if self.mark is _LATE:
            return before is None
        if self.state != before:
            return True
        return self.wire is None if self.envelope is None else self.envelope.enters

    @property
    def error(self) -> Error | None:
        """The error if the session failed or was aborted with this event."""
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
            case Resumed() | Explained() | None:
                return None
        assert_never(self.cause)

    @property
    def result(self) -> Mapping[str, Any] | None:
        """The result if the session is done with this event."""
        if isinstance(self.envelope, DoneEnvelope):
            return self.envelope.result
        return self.cause.result if isinstance(self.cause, Reported) else None
