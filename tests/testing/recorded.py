"""Recordings to make tests of: every scenario of the program, and walks at random."""

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import (
    KNOWN_ERROR_CODES,
    DoneEnvelope,
    Error,
    InputRequiredEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.core.session import SessionStore
from exlab_gui.core.trace import Recording, new_header

START = datetime(2026, 1, 31, 12, tzinfo=UTC)

_TEXTS = ("", "S-0042", 'a "quoted" \\ text', "it's µ → ß", "{}", "日本語 and more of it " * 5)


def recording_of(name: str, scenario: Scenario) -> Recording:
    """Return what playing `scenario` leaves, under the label `name`."""
    events = list(simulate(scenario, CREATION_MACHINE, START))
    header = new_header(CREATION_MACHINE, name, "simulated", START, kind=scenario.kind)
    return Recording(header, events)


def random_recording(seed: int) -> Recording:
    """Return a session that went its own way, with whatever a session can emit and be told."""
    random = Random(seed)
    ticks = count()
    store = SessionStore(clock=lambda: START + timedelta(seconds=next(ticks)))
    session = store.open(random.choice(["run", "project"]))
    for _ in range(random.randint(0, 12)):
        if session.is_over:
            break
        _go_on(random, store, session.session_id)
    header = new_header(CREATION_MACHINE, f"Walk {seed}", "simulated", START, kind=session.kind)
    return Recording(header, list(session.history))


def _go_on(random: Random, store: SessionStore, session_id: str) -> None:
    session = store.get(session_id)
    if session.current_phase and random.random() < 0.3:
        phase, message = session.current_phase, random.choice(_TEXTS)
        envelopes = [ProgressEnvelope(phase, 1, 2), WarningEnvelope(phase, message)]
        store.emit(session_id, random.choice(envelopes))
        return
    asked = session.pending_input
    # A walk that ended as soon as it could would not go far.
    if random.random() < 0.1:
        codes = (*KNOWN_ERROR_CODES, "Cancelled", "own code")
        details = random.choice([None, None, {"left": [1.5, None, True]}])
        field = random.choice([None, "path"])
        error = Error(random.choice(codes), random.choice(_TEXTS), field, details)
        store.fail(session_id, error)
    elif random.random() < 0.05:
        store.cancel(session_id, discard_files=random.random() < 0.5)
    elif asked is not None and random.random() < 0.9:
        store.resume(session_id, {field.id: _answer(random, field) for field in asked.fields})
    else:
        following = CREATION_MACHINE.forward(session.state) or CREATION_MACHINE.following(
            session.state
        )
        state = random.choice(following)
        own = random.random() < 0.5
        if own and state == "input_required":
            store.transition(session_id, state, envelope=_question(random))
        elif own and state == "done":
            result = {"path": random.choice(_TEXTS), "sizes": [1, 2.5e300, -3], "more": {}}
            store.transition(session_id, state, envelope=DoneEnvelope(result))
        else:
            store.transition(session_id, state)


def _question(random: Random) -> InputRequiredEnvelope:
    fields = (
        Field("sample", "Sample"),
        Field("class", "Class", "choice", options=("one", "two")),
        Field("rack-no", "Rack", "text", required=random.random() < 0.5, default="F2"),
        Field("self", "Self", "boolean"),
        Field("day", "Day", "date", default="2026-01-01"),
    )
    asked = random.sample(fields, random.randint(0, len(fields)))
    return InputRequiredEnvelope(tuple(asked), random.choice(_TEXTS), "freezer_list")


def _answer(random: Random, field: Field) -> Any:
    match field.type:
        case "boolean":
            return random.random() < 0.5
        case "choice":
            return random.choice(field.options)
        case "date":
            return f"20{random.randint(10, 99)}-0{random.randint(1, 9)}-{random.randint(10, 28)}"
        case "text":
            return "\n".join(random.sample(_TEXTS, random.randint(1, 3))) or "x"
    return random.choice([text for text in _TEXTS if text])
