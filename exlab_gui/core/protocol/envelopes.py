"""The envelopes of a session's event channel, as they go over the wire (§4.6.2)."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, get_args

import msgspec

from exlab_gui.core.protocol.actors import Actor, Between
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.text.translation import joined, phrase

PhaseFrom = Literal["before", "after"] | None
"""Of which state an envelope bears the phase: that before or after its event; None: it bears none.
"""


class Error(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a session failed or was aborted; the set of codes is open."""

    code: str
    message: str = ""
    field: str | None = None
    details: Any = None
    trace_id: str | None = None

    @property
    def summary(self) -> str:
        """The code, the message and the field."""
        text = f"{self.code}: {self.message}" if self.message else self.code
        return text if self.field is None else f"{text} ({self.field})"


class _Tagged(msgspec.Struct, frozen=True, tag_field="kind"):
    # Each type also says what it means, and has no default to fall back on:
    # `enters`: whether it comes with entering a state, not between two transitions;
    # `phase_from`: of which state `phase` is, and `phase` also if it bears none;
    # `between`: from whom to whom it goes;
    # `summary`: what it has to tell in one line, None if that is the change of state.
    @property
    def kind(self) -> str:
        return str(self.__struct_config__.tag)


class PhaseEnvelope(_Tagged, frozen=True, gc=False, tag="phase"):
    """A state was entered. `at` is UTC in ISO 8601, ending in Z; a server gives whole seconds."""

    enters: ClassVar = True
    between: ClassVar[Between] = Actor.SESSION, Actor.SESSION
    phase_from: ClassVar[PhaseFrom] = "after"
    summary: ClassVar[None] = None

    phase: str
    at: str


class ProgressEnvelope(_Tagged, frozen=True, gc=False, tag="progress"):
    """Work within a phase: `current` of `total` is done."""

    enters: ClassVar = False
    between: ClassVar[Between] = Actor.PLUGIN, Actor.SESSION
    phase_from: ClassVar[PhaseFrom] = "after"

    phase: str
    current: int
    total: int

    @property
    def summary(self) -> str:
        return phrase("{current} of {total}", current=self.current, total=self.total)


class InputRequiredEnvelope(_Tagged, frozen=True, omit_defaults=True, tag="input_required"):
    """A plugin holds the session until the operator has answered.

    `odd` has a sentence for each part of the question that could not be shown as a field; it never
    stands on the wire.
    """

    enters: ClassVar = True
    between: ClassVar[Between] = Actor.PLUGIN, Actor.OPERATOR
    phase_from: ClassVar[PhaseFrom] = None
    phase: ClassVar[None] = None

    fields: tuple[Field, ...]
    reason: str
    plugin: str
    odd: tuple[str, ...] = ()

    @property
    def remarks(self) -> list[str]:
        """A sentence for each part of the question that does not conform."""
        odd = ((field.id, field.odd) for field in self.fields if field.odd is not None)
        return [*self.odd, *(f'Field "{key}": {"; ".join(one.remarks)}.' for key, one in odd)]

    @property
    def summary(self) -> str:
        asked = ", ".join(field.label or field.id for field in self.fields)
        return f"{self.plugin}: {self.reason} ({asked})"


UNKNOWN_QUESTION = InputRequiredEnvelope((), "", "")
"""What stands for a question that nobody has told of."""


class WarningEnvelope(_Tagged, frozen=True, gc=False, tag="warning"):
    """Something is wrong that does not stop the session."""

    enters: ClassVar = False
    between: ClassVar[Between] = Actor.SESSION, Actor.OPERATOR
    phase_from: ClassVar[PhaseFrom] = "after"

    phase: str
    message: str

    @property
    def summary(self) -> str:
        return self.message


class DoneEnvelope(_Tagged, frozen=True, tag="done"):
    """The session succeeded; `result` has ``path``, ``sync_status``, ``blocked`` and more."""

    enters: ClassVar = True
    between: ClassVar[Between] = Actor.SESSION, Actor.OPERATOR
    phase_from: ClassVar[PhaseFrom] = None
    phase: ClassVar[None] = None

    result: dict[str, Any]

    @property
    def summary(self) -> str:
        return result_summary(self.result)


class FailedEnvelope(_Tagged, frozen=True, tag="failed"):
    """The session failed; `phase` is that of the state it failed in, None if it had none."""

    enters: ClassVar = True
    between: ClassVar[Between] = Actor.SESSION, Actor.OPERATOR
    phase_from: ClassVar[PhaseFrom] = "before"

    phase: str | None
    error: Error

    @property
    def summary(self) -> str:
        return self.error.summary


Envelope = (
    PhaseEnvelope
    | ProgressEnvelope
    | InputRequiredEnvelope
    | WarningEnvelope
    | DoneEnvelope
    | FailedEnvelope
)

KNOWN_ERROR_CODES: tuple[str, ...] = (
    "validation_failed",
    "field_too_long",
    "equipment_id_invalid",
    "unsafe_project_name",
    "template_load_error",
    "plugin_host_unavailable",
    "disk_space_insufficient",
    "cancelled",
    "session_abandoned",
    "internal_error",
)
"""The codes of errors that were seen; the set is open."""

ENVELOPES: Mapping[str, type[Envelope]] = {
    str(one.__struct_config__.tag): one for one in get_args(Envelope)
}
"""The type of each kind of envelope."""

KINDS = tuple(ENVELOPES)
"""Every kind of envelope, in the order in which filters list them."""


def result_summary(result: Mapping[str, Any]) -> str:
    """Return what a session made, in one line."""
    text = [as_text(result["path"])] if result.get("path") is not None else []
    if result.get("sync_status") is not None:
        text.append(phrase("sync {status}", status=as_text(result["sync_status"])))
    if result.get("blocked") is True:
        text.append(phrase("blocked"))
    return joined(text, " · ")


def as_text(value: Any) -> str:
    """Return a text as it is, and any other value as JSON."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
