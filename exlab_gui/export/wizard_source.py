"""A recording as the source of a test of ExLab-Wizard itself, by the API of a running server."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Envelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
)
from exlab_gui.core.scenario.scenario import Answer, Cancel, Wait
from exlab_gui.core.trace import Header, Recording
from exlab_gui.export.python_source import (
    about,
    arguments,
    entries,
    function_name,
    lines_of,
    literal,
    states_entered,
)
from exlab_gui.export.reproduce import ReplayStep, ReproduceError, reproduce

_TEST = """\
# fmt: off
{about!r}

from exlab_gui.testing import assert_conforms, assert_emitted, assert_visited
from exlab_gui.testing.wizard import Wizard

REQUEST = {request}


def {name}(exlab_wizard: Wizard) -> None:
    session = exlab_wizard.open(REQUEST)
{steps}
    assert_visited(
        session,
{states},
        exactly=True,
    )
    assert_emitted(session, {envelopes}, kinds=('phase', 'input_required', 'done'))
    assert_conforms(session)
"""

_KEPT_OF_FIELDS = ("id", "type", "required", "options")
_KEPT_OF_RESULT = ("sync_status", "blocked")


class _Request(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The body of ``POST /sessions``; what is not in the contract is left out."""

    kind: Literal["project", "run"]
    equipment_id: str
    project_name: str | msgspec.UnsetType = msgspec.UNSET
    template_path: str
    run_kind: Literal["experimental", "test"] | msgspec.UnsetType = msgspec.UNSET
    label: str
    operator: str
    objective: str
    variables: dict[str, Any] | None = None
    readme_extra: dict[str, Any] | None = None
    lims_project: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.kind == "run" and msgspec.UNSET in (self.project_name, self.run_kind):
            raise ValueError("a run needs project_name and run_kind")


def to_wizard_test(recording: Recording, request: Mapping[str, Any] | None = None) -> str:
    """Return the source of a module with one test, which opens such a session on a server.

    `request` is the body of the request that opens it; None is that of the recording. The test
    gives the same answers, and asserts the same states and the envelopes that a server sends.
    Raises ReproduceError if the recording does not say how to open one, or no client can bring a
    server to do the same.
    """
    _, steps = reproduce(recording)
    states = states_entered(steps)
    sent = [sent for step in steps if (sent := _sent(step.event.envelope))]
    return _TEST.format(
        about=about(recording.header),
        request=literal(_request(recording.header) if request is None else dict(request), 10),
        name=f"{function_name(recording.header.label)}_reaches_{states[-1]}",
        steps="\n".join(_drive(steps, states[-1])),
        states=lines_of(states),
        envelopes=entries(sent),
    )


def _request(header: Header) -> dict[str, Any]:
    known = {"kind": header.kind, **header.request}
    if not isinstance(known.get("lims_project"), dict):
        known.pop("lims_project", None)
    try:
        request: dict[str, Any] = msgspec.to_builtins(msgspec.convert(known, _Request))
    except (msgspec.ValidationError, ValueError) as error:
        raise ReproduceError(
            f"It does not say with which request it was opened: {decode_fault(error)}. Give that "
            "with --request."
        ) from None
    return request


def _drive(steps: Iterable[ReplayStep], last: str) -> Iterator[str]:
    state: str = CREATION_MACHINE.initial
    for step in steps:
        match step.step:
            case Answer(inputs=inputs):
                yield "    session.wait_for('input_required')"
                yield f"    session.answer({arguments(inputs)})"
            case Cancel() if not CREATION_MACHINE.awaits_input(state):
                raise ReproduceError(
                    f"It was cancelled in {state}, where a server does not wait for a test."
                )
            case Cancel(discard_files=discard):
                yield "    session.wait_for('input_required')"
                yield f"    session.cancel(discard_files={discard})"
            case Wait():
                raise ReproduceError("It was abandoned, which takes an hour.")
        state = step.event.state
        error = step.event.error
    if state not in CREATION_MACHINE.terminal:
        raise ReproduceError(f"It never ended: it is in {state}.")
    yield f"    session.wait_for({last!r})"
    if error is not None:
        yield f"    assert session.error['code'] == {error.code!r}"


def _sent(envelope: Envelope | None) -> dict[str, Any] | None:
    """Return the part of `envelope` that every such session has, if a server sends it."""
    match envelope:
        case PhaseEnvelope(phase=phase):
            return {"kind": "phase", "phase": phase}
        case InputRequiredEnvelope(fields=fields, reason=reason, plugin=plugin):
            asked = [_kept(msgspec.to_builtins(field), _KEPT_OF_FIELDS) for field in fields]
            return {"kind": "input_required", "fields": asked, "reason": reason, "plugin": plugin}
        case DoneEnvelope(result=result):
            return {"kind": "done", "result": _kept(result, _KEPT_OF_RESULT)}
    return None


def _kept(parts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: parts[name] for name in names if name in parts}
