"""Recordings to make tests of: every scenario of the program, and walks at random."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from random import Random
from typing import Any

import msgspec
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
from exlab_gui.core.protocol.events import Cancelled, Origin, Reported, Resumed
from exlab_gui.core.protocol.form import EXAMPLES, Field, can_be_typed
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
from exlab_gui.core.trace import Fork, Recording, new_header
from exlab_gui.sources import commands
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.observation import Observation
from exlab_gui.sources.simulated import SimulatedSource

START = datetime(2026, 1, 31, 12, tzinfo=UTC)

_TEXTS = (
    "", "0", "None", "S-0042", 'a "quoted" \\ text', "it's µ → ß", "{}", "{name}", '"""', "'''",
    "日本語 and more " * 5, "# fmt: on", "\\N{DASH}", "a\nb", "\r\nCRLF", "\u2028sep", "\t tab",
    "\x00\x07\x1b[31m", "\u202egnp.exe", "e\u0301", "👩\u200d🔬", " spaces ", "&mnemonic",
    "<b>bold</b>", "x" * 3000,
)  # fmt: skip
_TYPED = tuple(text for text in _TEXTS if can_be_typed(text))
_CHOICES = ("a", "b", "\u2028sep", "\r\nCRLF", " spaces ", '"', "")
_FIELDS = (
    *EXAMPLES,
    Field("class", "Class", "choice", options=_CHOICES),
    Field("rack-no", "R", required=True, default="\x1b[31m"),
    Field('"; import os', "self", "boolean", required=True),
    Field("self", "<b>self</b>"),
    Field(" a b ", ""),
)


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


def as_listened(recording: Recording, late: int) -> Recording:
    """Return what somebody recorded who saw each state, and then listened.

    The messages of the first `late` events came after the last of them.
    """
    first, *following = recording.events
    seen = ObservedHistory(CREATION_MACHINE, Observation(first.state), first.at)
    waiting: list[bytes] = []
    for number, (before, event) in enumerate(pairwise(recording.events), 1):
        match event.cause:
            case Resumed(answers=answers):
                seen.note_answers(answers)
            case Cancelled(discard_files=discard):
                seen.note_cancel(discard_files=discard)
        if event.envelope is not None:
            waiting.append(msgspec.json.encode(event.envelope))
        while waiting and (number > late or event is following[-1]):
            seen.take_message(waiting.pop(0), event.at)
        if event.enters(before.state):
            ended = event.state in CREATION_MACHINE.terminal
            asked = event.envelope if isinstance(event.envelope, InputRequiredEnvelope) else None
            end = Reported(event.error, event.result) if ended else None
            seen.take_observation(Observation(event.state, asked, end), event.at, event.at)
    return Recording(recording.header, seen.history)


def forked(recording: Recording, position: int) -> Recording:
    """Return what a session leaves that goes on by itself after `position` events of another."""
    past = recording.events[:position]
    fork = Fork(recording.header.label, past[-1].seq)
    source = SimulatedSource(f"fork of {recording.header.label}", fork=fork, history=past)
    if source.why_not(commands.Cancel()) is None:
        source.send(commands.Cancel(discard_files=True))
    return source.recording()


def random_recording(seed: int) -> Recording:
    """Return a session that went its own way, with whatever a session can emit and be told."""
    random = Random(seed)
    ticks = count()
    store = SessionStore(clock=lambda: START + timedelta(seconds=next(ticks)))
    session = store.open(random.choice(["run", "project"]))
    for _ in range(random.choice([0, 3, 30, 60])):
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
    if random.random() < 0.04:
        code = random.choice([*KNOWN_ERROR_CODES, "Cancelled", "own code"])
        details = random.choice([None, None, {"left": [1.5, None, True]}])
        return Fail(error=Error(code, text, random.choice([None, "path"]), details))
    if random.random() < 0.03:
        return Cancel(discard_files=random.random() < 0.5)
    if asked is not None and random.random() < 0.9:
        # Half of the answers can be given in the window.
        texts = random.choice([_TEXTS, _TYPED])
        return Answer(inputs={field.id: _answer(random, field, texts) for field in asked.fields})
    following = CREATION_MACHINE.forward(session.state)
    # A plugin that may ask mostly does.
    state = random.choice((*following, *following[:1] * 3))
    fields = tuple(random.sample(_FIELDS, random.randint(0, len(_FIELDS))))
    result = {"path": text, "sizes": [1, 2.5e300, -3], "more": {}}
    own = {
        "input_required": InputRequiredEnvelope(fields, text, "freezer_list"),
        "done": DoneEnvelope(result),
    }
    return Enter(state=state, emits=own.get(state) if random.random() < 0.5 else None)


def _answer(random: Random, field: Field, texts: Sequence[str]) -> Any:
    match field.type:
        case "boolean":
            return random.random() < 0.5
        case "choice":
            return random.choice(field.options)
        case "date":
            return f"20{random.randint(10, 99)}-0{random.randint(1, 9)}-{random.randint(10, 28)}"
        case "text":
            return "\n".join(random.sample(texts, random.randint(1, 3))) or "x"
    return random.choice([text for text in texts if text])
