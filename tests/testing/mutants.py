"""The product with one fault each, to see which ones tests made from recordings notice.

A mutant is a function that puts its fault in by a `MonkeyPatch`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from msgspec.structs import replace

from exlab_gui.core import session as core
from exlab_gui.core.analysis import legality
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Envelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    ProgressEnvelope,
)
from exlab_gui.core.session import SessionStore
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Resume, Step
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.widgets.details_panel import DetailsPanel
from exlab_gui.widgets.form import input_form

Mutant = Callable[[pytest.MonkeyPatch], object]
Answers = Mapping[str, Any]

MUTANTS: dict[str, Mutant] = {"nothing": lambda _: None}
"""By their names; what notices ``nothing`` notices no fault."""


def mutant(put_in: Mutant) -> Mutant:
    MUTANTS[put_in.__name__] = put_in
    return put_in


def _answers(patch: pytest.MonkeyPatch, altered: Callable[[Answers], Answers]) -> None:
    resume = SessionStore.resume
    patch.setattr(
        SessionStore, "resume", lambda self, one, answers: resume(self, one, altered(answers))
    )


@mutant
def answers_are_lost(patch: pytest.MonkeyPatch) -> None:
    _answers(patch, lambda _: {})


@mutant
def a_text_is_altered(patch: pytest.MonkeyPatch) -> None:
    _answers(patch, lambda a: {k: f"{v}x" if isinstance(v, str) else v for k, v in a.items()})


@mutant
def answers_are_mixed_up(patch: pytest.MonkeyPatch) -> None:
    _answers(patch, lambda a: dict(zip(a, reversed(a.values()), strict=True)))


@mutant
def what_is_false_is_left_out(patch: pytest.MonkeyPatch) -> None:
    _answers(patch, lambda a: {k: v for k, v in a.items() if v})


@mutant
def the_form_loses_its_last_field(patch: pytest.MonkeyPatch) -> None:
    def resume(answers: Answers | None = None) -> Resume:
        return Resume(dict(list((answers or {}).items())[:-1]))

    patch.setattr(input_form, "Resume", resume)


def _cancel(patch: pytest.MonkeyPatch, discard: bool) -> None:
    cancel = SessionStore.cancel
    patch.setattr(
        SessionStore,
        "cancel",
        lambda self, one, discard_files: cancel(self, one, discard_files=discard),
    )


@mutant
def files_are_never_discarded(patch: pytest.MonkeyPatch) -> None:
    _cancel(patch, discard=False)


@mutant
def files_are_always_discarded(patch: pytest.MonkeyPatch) -> None:
    _cancel(patch, discard=True)


@mutant
def a_cancel_has_no_cause(patch: pytest.MonkeyPatch) -> None:
    def cancel(self: SessionStore, one: str, *, discard_files: bool) -> object:
        return self.transition(one, "aborted")

    patch.setattr(SessionStore, "cancel", cancel)


_DERIVED = ("states", "edges", "terminal", "unreachable", "exits", "spine")


def _edges(patch: pytest.MonkeyPatch, state: str, add: set[str], remove: set[str]) -> None:
    table: Any = CREATION_MACHINE.table
    for name in (*_DERIVED, "_members", "_value", "_paths", "_origins", "_sources"):
        getattr(CREATION_MACHINE, name)  # so that the one of the whole table comes back
        patch.delitem(CREATION_MACHINE.__dict__, name)
    patch.setitem(table, state, (table[state] | add) - remove)


@mutant
def a_state_can_be_skipped(patch: pytest.MonkeyPatch) -> None:
    _edges(patch, "plugin_pass", {"post_validate"}, set())


@mutant
def an_end_is_none(patch: pytest.MonkeyPatch) -> None:
    _edges(patch, "aborted", {"pending"}, set())


@mutant
def no_plugin_can_ask(patch: pytest.MonkeyPatch) -> None:
    _edges(patch, "plugin_pass", set(), {"input_required"})


@mutant
def validation_cannot_fail(patch: pytest.MonkeyPatch) -> None:
    _edges(patch, "validating", set(), {"failed"})


def _phase(patch: pytest.MonkeyPatch, state: str, phase: str) -> None:
    phases: Any = CREATION_MACHINE.phases
    patch.setitem(phases, state, phase)


@mutant
def a_phase_is_that_of_another_state(patch: pytest.MonkeyPatch) -> None:
    _phase(patch, "rendering", "running_plugins")


@mutant
def a_failure_has_no_phase(patch: pytest.MonkeyPatch) -> None:
    def fail(self: SessionStore, one: str, error: Error) -> object:
        return self.transition(one, "failed", envelope=FailedEnvelope(None, error))

    patch.setattr(core, "assert_entry_envelope", lambda *_: None)
    patch.setattr(SessionStore, "fail", fail)


def _fail(patch: pytest.MonkeyPatch, altered: Callable[[Error], Error]) -> None:
    fail = SessionStore.fail
    patch.setattr(SessionStore, "fail", lambda self, one, error: fail(self, one, altered(error)))


@mutant
def each_error_is_internal(patch: pytest.MonkeyPatch) -> None:
    _fail(patch, lambda error: replace(error, code="internal_error"))


@mutant
def an_error_has_only_a_code(patch: pytest.MonkeyPatch) -> None:
    _fail(patch, lambda error: Error(error.code))


def _between(patch: pytest.MonkeyPatch, emit: Callable[..., object]) -> None:
    emitted = SessionStore.emit
    patch.setattr(SessionStore, "emit", lambda self, one, env: emit(emitted, self, one, env))


@mutant
def progress_is_dropped(patch: pytest.MonkeyPatch) -> None:
    _between(
        patch,
        lambda emit, self, one, envelope: (
            None if isinstance(envelope, ProgressEnvelope) else emit(self, one, envelope)
        ),
    )


@mutant
def an_envelope_is_repeated(patch: pytest.MonkeyPatch) -> None:
    _between(
        patch,
        lambda emit, self, one, envelope: [emit(self, one, envelope), emit(self, one, envelope)],
    )


@mutant
def envelopes_change_places(patch: pytest.MonkeyPatch) -> None:
    def emit(emitted: Callable[..., object], self: SessionStore, one: str, env: Envelope) -> None:
        emitted(self, one, env)
        history: Any = self.get(one).history
        *_, before, last = history
        if before.envelope is not None and not before.envelope.enters:
            history[-2:] = [
                replace(before, envelope=last.envelope),
                replace(last, envelope=before.envelope),
            ]

    _between(patch, emit)


def _entry(patch: pytest.MonkeyPatch, altered: Callable[[Envelope], Envelope | None]) -> None:
    transition = SessionStore.transition

    def go(self: SessionStore, one: str, state: str, **more: Any) -> Any:
        event = transition(self, one, state, **more)
        history: Any = self.get(one).history
        if event.envelope is not None:
            history[-1] = event = replace(event, envelope=altered(event.envelope))
        return event

    patch.setattr(SessionStore, "transition", go)


@mutant
def a_phase_is_not_emitted(patch: pytest.MonkeyPatch) -> None:
    _entry(patch, lambda one: None if one.phase == "writing_cache" else one)


@mutant
def a_result_is_shortened(patch: pytest.MonkeyPatch) -> None:
    def shortened(one: Envelope) -> Envelope:
        return DoneEnvelope({"path": "/"}) if isinstance(one, DoneEnvelope) else one

    _entry(patch, shortened)


@mutant
def a_question_has_no_reason(patch: pytest.MonkeyPatch) -> None:
    def shortened(one: Envelope) -> Envelope:
        return replace(one, reason="") if isinstance(one, InputRequiredEnvelope) else one

    _entry(patch, shortened)


@mutant
def a_question_loses_a_field(patch: pytest.MonkeyPatch) -> None:
    def shortened(one: Envelope) -> Envelope:
        is_question = isinstance(one, InputRequiredEnvelope)
        return replace(one, fields=one.fields[:-1]) if is_question else one

    _entry(patch, shortened)


@mutant
def a_question_stays(patch: pytest.MonkeyPatch) -> None:
    def question(self: SessionModel) -> object:
        asked = [e.envelope for e in self.history if e.kind == "input_required"]
        return asked[-1] if asked else None

    patch.setattr(SessionModel, "pending_input", property(question))


@mutant
def each_transition_is_legal(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(StateMachine, "allows", lambda *_: True)


@mutant
def each_step_is_offered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(legality, "why_illegal", lambda *_: None)


@mutant
def an_empty_field_is_accepted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(input_form, "wrong_answers", lambda *_: {})


@mutant
def a_step_ends_elsewhere(patch: pytest.MonkeyPatch) -> None:
    move = SimulatedSource._move
    patch.setattr(
        SimulatedSource,
        "_move",
        lambda self, one: move(self, Step("failed") if one == Step("cache_write") else one),
    )


@mutant
def time_goes_backwards(patch: pytest.MonkeyPatch) -> None:
    now, ticks = SessionStore._now, count()
    patch.setattr(SessionStore, "_now", lambda self: now(self) - timedelta(hours=next(ticks)))


@mutant
def the_state_is_not_shown(patch: pytest.MonkeyPatch) -> None:
    show = DetailsPanel.synchronize

    def stale(self: DetailsPanel) -> None:
        if not self.state_label.text():
            show(self)

    patch.setattr(DetailsPanel, "synchronize", stale)
