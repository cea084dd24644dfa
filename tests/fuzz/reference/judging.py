"""The rules that events obey or break."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tests.fuzz.reference.envelopes import is_odd
from tests.fuzz.reference.parsing import is_text
from tests.fuzz.reference.reading import Event, Machine


def judge(machine: Machine, events: list[Event]) -> set[tuple[int, str]]:
    """Return which rules each event breaks or gives a note for, by its index."""
    found: set[tuple[int, str]] = set()
    state: str | None = None
    entered: set[str] = set()
    due, before = 1, datetime.min.replace(tzinfo=UTC)
    for index, event in enumerate(events):
        if event.seq != due:
            found.add((index, "number_missing" if event.seq > due else "number_repeated"))
        if event.at < before:
            found.add((index, "time_backwards"))
        rules = _late if event.mark == "late" else _event_rules
        lost = event.seq > due
        found |= {(index, rule) for rule in rules(machine, event, state, entered, lost)}
        match event.envelope:
            case {"kind": "progress", "current": current, "total": total}:
                if int(current) > int(total):
                    found.add((index, "progress_beyond_total"))
            case {"kind": "input_required"} if is_odd(event.said):
                found.add((index, "odd_question"))
        if enters(event, state) and state not in machine.terminal:
            state = event.state
            entered.add(state)
        due, before = max(due, event.seq + 1), event.at
    if state is not None and state not in machine.terminal:
        found.add((len(events) - 1, "never_ended"))
    return found


def enters(event: Event, state: str | None) -> bool:
    """Return whether `event` enters its state, as the page says under "How to read"."""
    if state is None:
        return True
    if event.mark == "late":
        return False
    if event.state != state:
        return True
    if event.envelope is None:
        return event.is_bare
    return event.envelope["kind"] not in ("progress", "warning")


def _late(
    machine: Machine, event: Event, state: str | None, entered: set[str], _lost: bool
) -> Iterator[str]:
    if event.state not in entered:
        yield "never_entered"
    elif event.envelope:
        told = machine.tells(event.envelope)
        if told is None:
            yield "wrong_phase"
        elif told not in entered:
            unknown = state not in machine.table
            came = any(machine.shortest(known, told) for known in entered)
            if event.origin == "simulated" or not (
                unknown or (came and machine.shortest(told, state or ""))
            ):
                yield "never_entered"


def _event_rules(
    machine: Machine, event: Event, state: str | None, _entered: set[str], lost: bool
) -> Iterator[str]:
    if state in machine.terminal:
        yield "event_after_end"
    elif event.state not in machine.table:
        if event.state != state:
            yield "unknown_state"
    else:
        yield from _transition(machine, event, state, lost)
        yield from _emission(machine, event, state, lost)


def _transition(machine: Machine, event: Event, state: str | None, lost: bool) -> Iterator[str]:
    may_skip = event.origin == "observed" or lost
    if state is None:
        if event.state == machine.initial:
            return
        if not may_skip:
            yield "illegal_transition"
            return
        state = machine.initial
    elif not enters(event, state) or state not in machine.table:
        return
    if event.state in machine.table[state]:
        return
    ways = machine.shortest(state, event.state) if may_skip else 0
    explained = ways == 1 or (ways and event.mark in ("gap", "result"))
    yield "states_skipped" if explained else "illegal_transition"


def _emission(machine: Machine, event: Event, state: str | None, lost: bool) -> Iterator[str]:
    due = machine.emits(event.state)
    said = event.said if isinstance(event.said, dict) else {}
    kind = event.envelope["kind"] if event.envelope else said.get("kind")
    kind = kind if is_text(kind) else None
    strictly = event.origin == "simulated" and enters(event, state) and not lost
    if kind in ("phase", "input_required", "done", "failed"):
        wrong = kind != due
    elif kind in ("progress", "warning"):
        wrong = strictly or event.state in machine.terminal
    else:
        wrong = strictly and due is not None and event.is_bare
        kind = None
    if wrong:
        yield "wrong_envelope"
    elif kind in ("phase", "progress", "warning", "failed"):
        reporting = (state or machine.initial) if kind == "failed" else event.state
        phase = said.get("phase")
        if reporting in machine.table and (
            (phase if is_text(phase) else None) != machine.phases.get(reporting)
        ):
            yield "wrong_phase"
