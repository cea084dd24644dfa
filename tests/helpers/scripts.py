"""Scenarios for tests: random legal ones, and how to have a source play one to its end."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from hypothesis import strategies as st

from exlab_gui.core.protocol.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Abandoned, Event
from exlab_gui.core.scenario.scenario import Answer, Cancel, Emit, Enter, Scenario, Step
from exlab_gui.core.text.describe import describe
from exlab_gui.sources.commands import Play
from exlab_gui.sources.simulated import SimulatedSource
from tests.helpers import spec

T = TypeVar("T")

AT_ONCE = 1e6
"""A speed at which the longest scenario takes no time."""


@st.composite
def scripts(draw: st.DrawFn, *, after: float = 0.0, max_steps: int = 20) -> Scenario:
    """Return a legal scenario of the creation machine, whose steps each come `after` seconds.

    It holds steps of every kind but `Wait`, and ends anywhere.
    """
    steps: list[Step] = []
    state = "pending"
    for _ in range(draw(st.integers(1, max_steps))):
        step, state = draw(st.sampled_from(_legal_steps(state, after)))
        steps.append(step)
        if not spec.FOLLOWING[state]:
            break
    return Scenario(title="T", steps=tuple(steps))


def _legal_steps(state: str, after: float) -> list[tuple[Step, str]]:
    """Return what may come next in `state`, and the state after it; mostly what goes on."""
    forward = sorted(spec.FOLLOWING[state] - {"failed", "aborted"})
    steps: list[tuple[Step, str]] = [(Enter(to, after=after), to) for to in forward] * 4
    phase = spec.PHASES[state]
    if phase:
        steps.append((Emit(ProgressEnvelope(phase, 1, 2), after=after), state))
        steps.append((Emit(WarningEnvelope(phase, "Careful."), after=after), state))
    if state == "input_required":
        steps.append((Answer({"sample_id": "S-1"}, after=after), "plugin_pass"))
    steps.append((Enter("failed", after=after), "failed"))
    steps.append((Cancel(True, after=after), "aborted"))
    return steps


def told(event: Event) -> tuple[int, str, str, str]:
    """Return what `event` says but for its time, which differs from one play to the next."""
    detail = "" if isinstance(event.cause, Abandoned) else describe(event)
    return event.seq, event.state, event.kind, detail


async def play(source: SimulatedSource) -> None:
    """Have `source` play, and return once it has stopped."""
    work = source.send(Play())
    assert work is not None
    await soon(work)


async def soon(awaitable: Awaitable[T]) -> T:
    """Return the result of `awaitable`; fail, rather than hang, where there never is one."""
    return await asyncio.wait_for(awaitable, 60)
