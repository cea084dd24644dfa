"""Assertions about a session, with failures that show where it differs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.event_lines import EventLines
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.core.trace import Recording, load

Part = Mapping[str, Any]
"""An envelope as it goes over the wire (§4.6.2), the cause of an event, or a part of one."""


@runtime_checkable
class HasHistory(Protocol):
    """A session, however it is held: by the window, by a store, or from a recording."""

    @property
    def machine(self) -> StateMachine: ...

    @property
    def history(self) -> Sequence[Event]: ...


class ShowsSession(Protocol):
    """A driver of a window."""

    @property
    def session(self) -> HasHistory: ...


Checkable = HasHistory | ShowsSession | Recording | str | Path
"""A session, a driver that shows one, a recording, or the path of a recording's file."""


def assert_conforms(session: Checkable) -> None:
    """Raise AssertionError if `session` breaks a rule of its machine (§4.7).

    That a session never ended breaks none. Raises TraceError for a file that cannot be read.
    """
    __tracebackhide__ = True
    machine, history, problems = _what_happened(session)
    worse = [f for f in check(machine, history) if f.severity is Severity.VIOLATION]
    if worse:
        first = worse[0]
        more = f" There are {len(worse) - 1} more such places." if worse[1:] else ""
        message = f"Event {first.seq} breaks a rule, {first.rule}: {first.sentence}{more}"
        raise AssertionError(_failure(message, machine, history, first.event_index))
    if problems:
        raise AssertionError(_failure(problems[0], machine, history, len(history)))


def assert_visited(session: Checkable, *states: str, exactly: bool = False) -> None:
    """Raise AssertionError unless `session` entered `states`, in this order.

    It may have entered others before, between and after, unless `exactly` these are meant. Raises
    ValueError for what is no state of its machine.
    """
    __tracebackhide__ = True
    machine, history, _ = _what_happened(session)
    known = dict.fromkeys([*machine.states, *(event.state for event in history)])
    for state in states:
        assert_state(state, known)
    walk = StateHistory(machine, history)
    place = 0
    for count in range(walk.visit_count()):
        entered = walk.visit(count).state
        if place < len(states) and entered == states[place]:
            place += 1
        elif exactly:
            wanted = states[place] if place < len(states) else "nothing more"
            message = f"The session entered {entered} where {wanted} was expected."
            raise AssertionError(_failure(message, machine, history, walk.entry_index(count)))
    if place < len(states):
        after = f" after {states[place - 1]}" if place else ""
        message = f"The session did not enter {states[place]}{after}."
        raise AssertionError(_failure(message, machine, history, len(history)))


def assert_emitted(
    session: Checkable, expected: Sequence[str | Part], *, kinds: Collection[str] | None = None
) -> None:
    """Raise AssertionError unless `session` emitted the `expected` envelopes, and no others.

    Each is given as its kind, or as a part of it: what a mapping leaves out may be anything.
    Others than those of these `kinds` do not count. Raises TypeError for a single one.
    """
    __tracebackhide__ = True
    if isinstance(expected, str | Mapping):
        raise TypeError("The expected envelopes are a list, in which each has its place.")
    parts = [{"kind": one} if isinstance(one, str) else one for one in expected]

    def part(event: Event) -> Part | None:
        return envelope_part(event) if kinds is None or event.kind in kinds else None

    _assert_each(session, "envelope", parts, part)


def assert_causes(session: Checkable, expected: Sequence[Part]) -> None:
    """Raise AssertionError unless `session` went on for the `expected` causes, and no others.

    They are what the recording of a session tells of an operator: ``{"cause": "resumed", "answers":
    {"sample_id": "S-1"}}``, ``{"cause": "cancelled", "discard_files": True}``, and whether the
    session was ``abandoned``. What a mapping leaves out may be anything.
    """
    __tracebackhide__ = True
    _assert_each(session, "cause", expected, lambda event: msgspec.to_builtins(event.cause))


def _assert_each(
    session: Checkable, what: str, expected: Sequence[Part], of: Callable[[Event], Part | None]
) -> None:
    __tracebackhide__ = True
    machine, history, _ = _what_happened(session)
    found = [(index, part) for index, event in enumerate(history) if (part := of(event))]
    for place, (wanted, one) in enumerate(zip_longest(expected, found), 1):
        index, part = one or (len(history), None)
        if wanted is None or part is None:
            which = "missing" if part is None else "further"
            message = f"There are {len(found)} {what}s, not {len(expected)}; the first {which} one:"
            message += f"\n  {_text(part if wanted is None else wanted)}"
        elif difference := next(differences(wanted, part, "it"), None):
            message = f"{what.capitalize()} {place} is not the expected one: {difference}."
            message += f"\n  expected: {_text(wanted)}\n  found:    {_text(part)}"
        else:
            continue
        raise AssertionError(_failure(message, machine, history, index))


def assert_state(state: object, known: Iterable[str]) -> None:
    """Raise ValueError, with the name that may be meant, if `state` is not among the `known`."""
    __tracebackhide__ = True
    if state not in list(known):
        raise ValueError(unknown_name_message(str(state), known, "a state"))


def _what_happened(of: Checkable) -> tuple[StateMachine, Sequence[Event], list[str]]:
    if isinstance(of, str | Path):
        of = load(of)
    if not isinstance(of, Recording):
        of = getattr(of, "session", of)
        assert isinstance(of, HasHistory)
        return of.machine, of.history, []
    problems = [f"Line {one.line} of the recording: {one.sentence}" for one in of.problems]
    return of.machine, of.events, problems


def envelope_part(event: Event) -> Part | None:
    if event.envelope is None and event.wire is not None:
        return {"kind": event.kind}
    envelope: Part | None = msgspec.to_builtins(event.envelope)
    return envelope


def differences(expected: Any, found: Any, where: str) -> Iterator[str]:
    """Yield how `found` is not as `expected`; a mapping may leave keys out, at any depth."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key, value in expected.items():
            if key not in found:
                yield f"{where} has no {key}"
            else:
                inner = str(key) if where == "it" else f"{where}.{key}"
                yield from differences(value, found[key], inner)
    elif isinstance(expected, list | tuple) and isinstance(found, list | tuple):
        if len(expected) != len(found):
            yield f"{where} has {len(found)} entries, not {len(expected)}"
        for place, (one, other) in enumerate(zip(expected, found, strict=False)):
            yield from differences(one, other, f"{where}[{place}]")
    elif expected != found or isinstance(expected, bool) != isinstance(found, bool):
        yield f"{where} is {_text(found)}, not {_text(expected)}"


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _failure(message: str, machine: StateMachine, history: Sequence[Event], index: int) -> str:
    """Return `message`, what was legal before the event at `index`, and the whole walk."""
    state = history[index - 1].state if index else machine.initial
    legal = ", ".join(machine.following(state)) or "nothing: the session was over"
    walk = walk_lines(machine, history, index)
    return "\n".join([message, f"From {state}, these were legal: {legal}.", "The walk:", *walk])


def walk_lines(
    machine: StateMachine, history: Sequence[Event], marked: int | None = None
) -> list[str]:
    """Return the events as lines of text, with an arrow at the one that is `marked`."""
    lines = EventLines(machine)
    return [
        f"{'→' if place == marked else ' '} {lines.line(event, before)}"
        for place, (event, before) in enumerate(zip(history, [None, *history], strict=False))
    ]
