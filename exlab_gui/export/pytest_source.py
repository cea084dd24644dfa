"""A recording as the source of a test that drives a window the same way.

The test uses the plugin of `exlab_gui.testing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.form import Field, rules, wrong_answers
from exlab_gui.core.scenario.scenario import Answer, Cancel, Fail
from exlab_gui.core.trace import Recording
from exlab_gui.export.python_source import (
    about,
    arguments,
    entries,
    function_name,
    lines_of,
    literal,
    states_entered,
    timeless,
)
from exlab_gui.export.reproduce import ReplayStep, reproduce

# The literals are laid out by pprint. The pragma keeps formatters from doing it another way.
_ASSERTIONS = ("assert_causes", "assert_conforms", "assert_emitted", "assert_visited")
_TEST = """\
# fmt: off
{about!r}

{imports}from exlab_gui.testing.driver import SessionMonitor

{scenario}
def {name}(session_monitor: SessionMonitor) -> None:
{steps}
    session = session_monitor.session
    assert_visited(
        session,
{states},
        exactly=True,
    )
    assert_emitted(session, {envelopes})
    assert_causes(session, {causes})
    assert_conforms(session)
"""


_REFUSED = """\
    with pytest.raises(NotPossibleError):
        session_monitor.answer()  # a required field is empty"""


def to_pytest(recording: Recording) -> str:
    """Return the source of a module with one test, which takes a session the way of `recording`.

    The test gives the same answers, and asserts the same states, envelopes and answers, but for
    their times; also what the window allows in each state. Raises ReproduceError if no simulated
    session does the same.
    """
    scenario, steps = reproduce(recording)
    scripted = not all(step.via_ui for step in steps)
    events = [step.event for step in steps]
    states = states_entered(steps)
    script = {key: value for key, value in msgspec.to_builtins(scenario).items() if value}
    drive = "\n".join(_drive(steps, scripted))
    return _TEST.format(
        about=about(recording.header),
        imports=_imports(drive),
        scenario=f"SCENARIO = {literal(script, 11)}\n\n" if scripted else "",
        name=f"{function_name(recording.header.label)}_reaches_{states[-1]}",
        steps=drive,
        states=lines_of(states),
        envelopes=entries(timeless(event.envelope) for event in events if event.envelope),
        causes=entries(timeless(event.cause) for event in events if event.cause),
    )


def _imports(drive: str) -> str:
    refuses = _REFUSED in drive
    names = sorted([*_ASSERTIONS, *["NotPossibleError"] * refuses])
    listed = "".join(f"    {name},\n" for name in names)
    pytest = "import pytest\n" if refuses else ""
    return f"{pytest}from exlab_gui.testing import (\n{listed})\n"


def _drive(steps: Iterable[ReplayStep], scripted: bool) -> Iterator[str]:
    if scripted:
        yield "    session_monitor.choose(SCENARIO)"
    state: str = CREATION_MACHINE.initial
    yield _legal(state)
    fields: tuple[Field, ...] = ()
    for step in steps:
        if fields and isinstance(step.step, Answer) and step.via_ui and _is_incomplete(fields):
            yield _REFUSED
        yield f"    session_monitor.{_call(step)}"
        if step.event.state != state:
            state = step.event.state
            yield f"    assert session_monitor.state == {str(state)!r}"
            yield _legal(state)
            before, fields = fields, getattr(step.event.envelope, "fields", ())
            if before or fields:
                yield f"    assert session_monitor.asked == {[field.id for field in fields]!r}"


def _legal(state: str) -> str:
    legal = ", ".join(repr(str(one)) for one in CREATION_MACHINE.following(state))
    return f"    assert session_monitor.legal == {f'{{{legal}}}' if legal else 'set()'}"


def _is_incomplete(fields: Sequence[Field]) -> bool:
    """Return whether a form of `fields` is refused if nothing is filled in."""
    initial = {one.id: rules(one.type).initial(one, date.today()) for one in fields}
    return bool(wrong_answers(fields, initial))


def _call(replayed: ReplayStep) -> str:
    step, event = replayed.step, replayed.event
    if not replayed.via_ui:
        return f"step()  # {step.__struct_config__.tag}: {event.kind}"
    match step:
        case Answer(inputs=inputs):
            return f"answer({arguments(inputs)})"
        case Cancel(discard_files=discard):
            return f"cancel(discard_files={discard})"
        case Fail(error=error):
            # What is not given stays as the dialog has it.
            given = {"code": error.code, "message": error.message, "field": error.field or ""}
            return f"fail({arguments(given)})"
    return f"go_to({str(event.state)!r})"
