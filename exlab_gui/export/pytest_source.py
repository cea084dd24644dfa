"""A recording as the source of a test that drives a window the same way.

The test uses the plugin of `exlab_gui.testing`.
"""

import keyword
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import DEFAULT_ERROR
from exlab_gui.core.protocol.envelopes import Envelope
from exlab_gui.core.scenario.scenario import Answer, Cancel, Enter, Fail, Scenario
from exlab_gui.core.trace import Recording
from exlab_gui.export.python_source import Name, assignment, call, text
from exlab_gui.export.reproduce import ReplayStep, Retelling, retell

_MONITOR = "session_monitor"
_INDENT = 4


def to_pytest(recording: Recording) -> str:
    """Return the source of a module with one test, which goes the way of `recording`.

    The test gives the same answers and holds that the same states are entered and the same
    envelopes emitted, but for their times. Raises RetellingError where the session cannot be gone
    through again.
    """
    return _Writer(recording.header.label, retell(recording)).source()


class _Writer:
    def __init__(self, label: str, told: Retelling) -> None:
        self._label = label
        self._told = told
        self._scripted = not all(move.via_ui for move in told.moves)
        self._constants: dict[bytes, Name] = {}
        self._definitions: list[str] = []

    def source(self) -> str:
        moves = self._told.moves
        emitted = [self._envelope(m.event.envelope) for m in moves if m.event.envelope]
        if self._scripted:
            self._definitions.append(assignment("SCENARIO", self._scenario(self._told.scenario)))
        head = [
            '"""A session as it was recorded, gone through again."""',
            "from exlab_gui.testing import assert_conforms, assert_emitted, assert_visited",
            *self._definitions,
        ]
        return "\n\n".join(head) + "\n\n\n" + "\n".join(self._test(emitted)) + "\n"

    def _test(self, emitted: list[Any]) -> Iterator[str]:
        initial = str(CREATION_MACHINE.initial)
        states = [initial]
        for move in self._told.moves:
            if move.event.state != states[-1]:
                states.append(str(move.event.state))
        slug = re.sub(r"[^a-z0-9]+", "_", self._label.lower()).strip("_")[:60] or "recording"
        yield f"def test_{slug}({_MONITOR}):"
        yield f'    """The session goes from {initial} to {states[-1]}, as it was recorded."""'
        if self._scripted:
            yield call(f"{_MONITOR}.choose", [("", Name("SCENARIO"))], _INDENT)
        before = initial
        for move in self._told.moves:
            yield from self._drive(move, before)
            before = move.event.state
        yield f"    session = {_MONITOR}.session"
        session = "", Name("session")
        visited = [session, *(("", state) for state in states), ("exactly=", True)]
        yield call("assert_visited", visited, _INDENT)
        yield call("assert_emitted", [session, ("", emitted)], _INDENT)
        yield call("assert_conforms", [session], _INDENT)

    def _drive(self, move: ReplayStep, before: str) -> Iterator[str]:
        state = str(move.event.state)
        if not move.via_ui:
            yield call(f"{_MONITOR}.step", [], _INDENT)
        else:
            match move.step:
                case Enter():
                    yield call(f"{_MONITOR}.go_to", [("", state)], _INDENT)
                case Answer(inputs=inputs):
                    yield call(f"{_MONITOR}.answer", _keywords(inputs), _INDENT)
                case Cancel(discard_files=discard):
                    kept = {"discard_files": True} if discard else {}
                    yield call(f"{_MONITOR}.cancel", _keywords(kept), _INDENT)
                case Fail(error=error) if error == DEFAULT_ERROR:
                    yield call(f"{_MONITOR}.go_to", [("", state)], _INDENT)
                case Fail(error=error):
                    # What is not said stays as the dialog has it: an empty message has to be.
                    said = {"code": error.code, "message": error.message}
                    said |= {"field": error.field} if error.field else {}
                    yield call(f"{_MONITOR}.fail", _keywords(said), _INDENT)
        if state != before:
            yield f"    assert {_MONITOR}.state == {text(state)}"

    def _scenario(self, scenario: Scenario) -> dict[str, Any]:
        said = msgspec.to_builtins(scenario)
        # How a file is to begin; what is said by default does not stand in it otherwise.
        return {
            "format": said["format"],
            "version": scenario.version,
            "title": scenario.title,
            "kind": scenario.kind,
            "steps": [self._step(step) for step in scenario.steps],
        }

    def _step(self, step: Any) -> dict[str, Any]:
        said: dict[str, Any] = msgspec.to_builtins(step)
        if isinstance(step, Enter) and step.emits is not None:
            said["emits"] = self._envelope(step.emits)
        return said

    def _envelope(self, envelope: Envelope) -> Any:
        """Return what stands for `envelope`: the name of a constant where it is no short one."""
        said = msgspec.to_builtins(envelope)
        said.pop("at", None)
        if not any(isinstance(value, list | tuple | dict) for value in said.values()):
            return said
        key = msgspec.json.encode(envelope)
        if key not in self._constants:
            kind = envelope.kind.upper()
            same = sum(name.startswith(kind) for name in self._constants.values())
            self._constants[key] = Name(f"{kind}_{same + 1}" if same else kind)
            self._definitions.append(assignment(self._constants[key], said))
        return self._constants[key]


def _keywords(inputs: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return `inputs` as arguments; those whose names are none are given in a mapping."""
    plain = {
        name: value
        for name, value in inputs.items()
        if name.isascii() and name.isidentifier() and not keyword.iskeyword(name)
    }
    rest = {name: value for name, value in inputs.items() if name not in plain}
    arguments: list[tuple[str, Any]] = [(f"{name}=", value) for name, value in plain.items()]
    return [*arguments, ("**", rest)] if rest else arguments
