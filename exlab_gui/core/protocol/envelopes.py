"""The envelopes of a session's event channel, as they go over the wire (§4.6.2)."""

from typing import Any, get_args

import msgspec

from exlab_gui.core.protocol.form import Field


class Error(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a session failed or was aborted; the set of codes is open."""

    code: str
    message: str = ""
    field: str | None = None
    details: Any = None


class _Tagged(msgspec.Struct, frozen=True, tag_field="kind"):
    @property
    def kind(self) -> str:
        """The ``kind`` that the envelope bears on the wire."""
        return str(self.__struct_config__.tag)


class PhaseEnvelope(_Tagged, frozen=True, gc=False, tag="phase"):
    """A state was entered. `at` is UTC in ISO 8601, ending in Z; a server gives whole seconds."""

    phase: str
    at: str


class ProgressEnvelope(_Tagged, frozen=True, gc=False, tag="progress"):
    """Work within a phase: `current` of `total` is done."""

    phase: str
    current: int
    total: int


class InputRequiredEnvelope(_Tagged, frozen=True, tag="input_required"):
    """A plugin holds the session until the operator has answered."""

    fields: tuple[Field, ...]
    reason: str
    plugin: str


class WarningEnvelope(_Tagged, frozen=True, gc=False, tag="warning"):
    """Something is wrong that does not stop the session."""

    phase: str
    message: str


class DoneEnvelope(_Tagged, frozen=True, tag="done"):
    """The session succeeded; `result` has ``path``, ``sync_status``, ``blocked`` and more."""

    result: dict[str, Any]


class FailedEnvelope(_Tagged, frozen=True, tag="failed"):
    """The session failed; `phase` is that of the state it failed in, None where it had none."""

    phase: str | None
    error: Error


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

KINDS: tuple[str, ...] = tuple(str(one.__struct_config__.tag) for one in get_args(Envelope))
"""Every kind of envelope, in the order in which filters list them."""
