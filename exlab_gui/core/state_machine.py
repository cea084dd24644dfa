"""The creation-session state machine of ExLab-Wizard (Backend Spec §4.7, §4.7.1).

The names are those of ``exlab_wizard.controller.state_machine``: code written against one runs
against the other by changing the import.
"""

from enum import StrEnum

from exlab_gui.core.transitions import assert_forward_transition

__all__ = ["VALID_TRANSITIONS", "Phase", "SessionState", "assert_transition", "state_to_phase"]


class SessionState(StrEnum):
    """The states of a creation session (§4.7)."""

    PENDING = "pending"
    VALIDATING = "validating"
    RENDERING = "rendering"
    PLUGIN_PASS = "plugin_pass"
    INPUT_REQUIRED = "input_required"
    CACHE_WRITE = "cache_write"
    POST_VALIDATE = "post_validate"
    SYNC_QUEUED = "sync_queued"
    DONE = "done"
    FAILED = "failed"
    ABORTED = "aborted"


class Phase(StrEnum):
    """The work that a session reports (§4.7)."""

    VALIDATING_INPUTS = "validating_inputs"
    RENDERING_TEMPLATE = "rendering_template"
    RUNNING_PLUGINS = "running_plugins"
    INPUT_REQUIRED = "input_required"
    WRITING_CACHE = "writing_cache"
    VALIDATING_POST_CREATION = "validating_post_creation"
    QUEUEING_NAS_SYNC = "queueing_nas_sync"
    DONE = "done"


_S = SessionState

# Written out by hand, so that it can be audited against §4.7.1 line by line.
VALID_TRANSITIONS: dict[SessionState, frozenset[SessionState]] = {
    _S.PENDING: frozenset({_S.VALIDATING, _S.FAILED, _S.ABORTED}),
    _S.VALIDATING: frozenset({_S.RENDERING, _S.FAILED, _S.ABORTED}),
    _S.RENDERING: frozenset({_S.PLUGIN_PASS, _S.FAILED, _S.ABORTED}),
    _S.PLUGIN_PASS: frozenset({_S.INPUT_REQUIRED, _S.CACHE_WRITE, _S.FAILED, _S.ABORTED}),
    _S.INPUT_REQUIRED: frozenset({_S.PLUGIN_PASS, _S.FAILED, _S.ABORTED}),
    _S.CACHE_WRITE: frozenset({_S.POST_VALIDATE, _S.FAILED, _S.ABORTED}),
    _S.POST_VALIDATE: frozenset({_S.SYNC_QUEUED, _S.FAILED, _S.ABORTED}),
    _S.SYNC_QUEUED: frozenset({_S.DONE, _S.FAILED, _S.ABORTED}),
    _S.DONE: frozenset(),
    _S.FAILED: frozenset(),
    _S.ABORTED: frozenset(),
}

_PHASES: dict[SessionState, Phase | None] = {
    _S.PENDING: None,
    _S.VALIDATING: Phase.VALIDATING_INPUTS,
    _S.RENDERING: Phase.RENDERING_TEMPLATE,
    _S.PLUGIN_PASS: Phase.RUNNING_PLUGINS,
    _S.INPUT_REQUIRED: Phase.INPUT_REQUIRED,
    _S.CACHE_WRITE: Phase.WRITING_CACHE,
    _S.POST_VALIDATE: Phase.VALIDATING_POST_CREATION,
    _S.SYNC_QUEUED: Phase.QUEUEING_NAS_SYNC,
    _S.DONE: Phase.DONE,
    _S.FAILED: None,
    _S.ABORTED: None,
}


def state_to_phase(state: SessionState) -> Phase | None:
    """Return the phase that `state` reports, or None; raises KeyError if it is unknown (§4.7)."""
    return _PHASES[state]


def assert_transition(current: SessionState, new_state: SessionState) -> None:
    """Raise ValueError, naming the legal ones, if `current` → `new_state` is not (§4.7.1)."""
    try:
        # Looked up here too: a legal transition, the common case, needs no second call.
        if new_state in VALID_TRANSITIONS[current]:
            return
    except KeyError:
        pass  # the generic guard says so
    assert_forward_transition(current, new_state, VALID_TRANSITIONS)
