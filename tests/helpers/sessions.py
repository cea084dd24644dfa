"""Sessions as a view gets them, brought to where a test needs them."""

import asyncio
from collections.abc import Callable

from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.scenario.scenario import Answer, Enter, Scenario
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step, StepOnce
from exlab_gui.sources.simulated import SimulatedSource
from tests.helpers import spec
from tests.helpers.strategies import START


def still_clock() -> SimulatedClock:
    """Return a clock that stands at 12:00 UTC, and that only `advance` moves."""
    return SimulatedClock(lambda: START)


def session_in(
    state: str,
    machine: StateMachine = CREATION_MACHINE,
    scenario: Scenario | None = None,
    clock: SimulatedClock | None = None,
) -> SessionModel:
    """Return a session that was stepped the shortest way to `state`, at once."""
    source = SimulatedSource("sim-1", machine, scenario, clock or still_clock())
    session = SessionModel(source)
    for step in spec.WAYS[state]:
        assert session.request(Step(step))
    return session


def session_asking(*fields: Field, reason: str = "Something is missing.") -> SessionModel:
    """Return a session in which the plugin ``sample_sheet`` asks for `fields`.

    After an answer, the next step of its scenario asks for them again.
    """
    question = InputRequiredEnvelope(fields, reason, "sample_sheet")
    asking = Enter(state="input_required", emits=question, after=0)
    way = [Enter(state=state, after=0) for state in spec.WAYS["plugin_pass"]]
    steps = (*way, asking, Answer(inputs={}), asking)
    source = SimulatedSource(
        "sim-1", scenario=Scenario(title="T", steps=steps), clock=still_clock()
    )
    session = SessionModel(source)
    for _ in (*way, asking):
        assert session.request(StepOnce())
    return session


async def until(session: SessionModel, holds: Callable[[], bool]) -> None:
    """Return once `holds` gives true, after a change of the session."""
    held = asyncio.get_running_loop().create_future()

    def look() -> None:
        if holds() and not held.done():
            held.set_result(None)

    session.changed.connect(look)
    look()
    await held
    session.changed.disconnect(look)
