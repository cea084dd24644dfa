"""Recordings to make tests of: every scenario of the program, and walks at random."""

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from msgspec.structs import replace

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import (
    KNOWN_ERROR_CODES,
    DoneEnvelope,
    Error,
    InputRequiredEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Origin, Reported
from exlab_gui.core.protocol.form import EXAMPLES, Field
from exlab_gui.core.scenario.scenario import (
    Answer,
    Cancel,
    Emit,
    Enter,
    Fail,
    Scenario,
    Step,
    perform,
)
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.core.session import Session, SessionStore
from exlab_gui.core.trace import Recording, new_header

START = datetime(2026, 1, 31, 12, tzinfo=UTC)

_TEXTS = ("", "S-0042", 'a "quoted" \\ text', "it's µ → ß", "{}", "日本語 and more of it " * 5)
_FIELDS = (*EXAMPLES, Field("class", "Class", "choice", options=("a", "b")), Field("rack-no", "R"))


def recording_of(name: str, scenario: Scenario) -> Recording:
    """Return what playing `scenario` leaves, under the label `name`."""
    events = list(simulate(scenario, CREATION_MACHINE, START))
    header = new_header(CREATION_MACHINE, name, "simulated", START, kind=scenario.kind)
    return Recording(header, events)


def as_polled(recording: Recording) -> Recording:
    """Return what somebody recorded who only polled: states, questions, and how it ended."""
    seen = [event for event in recording.events if event.kind not in ("progress", "warning")]
    events = [
        replace(
            event,
            seq=seq,
            origin=Origin.OBSERVED,
            envelope=event.envelope if event.kind == "input_required" else None,
            cause=Reported(event.error, event.result) if event is seen[-1] else None,
        )
        for seq, event in enumerate(seen, 1)
    ]
    return Recording(recording.header, events)


def random_recording(seed: int) -> Recording:
    """Return a session that went its own way, with whatever a session can emit and be told."""
    random = Random(seed)
    ticks = count()
    store = SessionStore(clock=lambda: START + timedelta(seconds=next(ticks)))
    session = store.open(random.choice(["run", "project"]))
    for _ in range(random.randint(0, 12)):
        if not session.is_over:
            perform(_step(random, session), store, session.session_id, lambda _: None)
    header = new_header(CREATION_MACHINE, f"Walk {seed}", "simulated", START, kind=session.kind)
    return Recording(header, list(session.history))


def _step(random: Random, session: Session) -> Step:
    text, phase, asked = random.choice(_TEXTS), session.current_phase, session.pending_input
    if phase and random.random() < 0.3:
        envelopes = [ProgressEnvelope(phase, 1, 2), WarningEnvelope(phase, text)]
        return Emit(envelope=random.choice(envelopes))
    # A walk that ended as soon as it could would not go far.
    if random.random() < 0.1:
        code = random.choice([*KNOWN_ERROR_CODES, "Cancelled", "own code"])
        details = random.choice([None, None, {"left": [1.5, None, True]}])
        return Fail(error=Error(code, text, random.choice([None, "path"]), details))
    if random.random() < 0.05:
        return Cancel(discard_files=random.random() < 0.5)
    if asked is not None and random.random() < 0.9:
        return Answer(inputs={field.id: _answer(random, field) for field in asked.fields})
    following = CREATION_MACHINE.forward(session.state)
    state = random.choice(following or CREATION_MACHINE.following(session.state))
    fields = tuple(random.sample(_FIELDS, random.randint(0, len(_FIELDS))))
    result = {"path": text, "sizes": [1, 2.5e300, -3], "more": {}}
    own = {
        "input_required": InputRequiredEnvelope(fields, text, "freezer_list"),
        "done": DoneEnvelope(result),
    }
    return Enter(state=state, emits=own.get(state) if random.random() < 0.5 else None)


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
