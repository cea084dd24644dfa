"""Flat machines as JSON for XState."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.depth import MAX_DEPTH, is_too_deep
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.machines.description import Description, UnfitError

_NESTED = ("parallel", "history", "compound")


class _Node(msgspec.Struct, rename="camel"):
    """A state, or the whole machine; a transition is a target, an object with one, or a list."""

    id: str | None = None
    initial: str | None = None
    type: str | None = None
    states: "dict[str, _Node] | None" = None
    on: dict[str, Any] = {}
    after: dict[str, Any] = {}
    always: Any = None
    on_done: Any = None
    invoke: Any = None


_decode = msgspec.json.Decoder(_Node).decode


def read(content: bytes) -> Description:
    """Return the machine in the configuration of an XState machine; guards are left out.

    Raises UnfitError for what is no such configuration, or not flat.
    """
    if is_too_deep(content):
        raise UnfitError(f"has more than {MAX_DEPTH} objects and lists inside one another")
    try:
        machine = _decode(content.removeprefix(b"\xef\xbb\xbf"))
    except UNREADABLE as error:
        raise UnfitError(f"is no XState machine: {decode_fault(error)}") from None
    states = machine.states
    if not states:
        raise UnfitError("is no XState machine: it lacks states")
    if machine.type in _NESTED[:1]:
        raise UnfitError("is parallel; only flat machines are shown")
    for state, node in states.items():
        if node.states or node.type in _NESTED:
            raise UnfitError(f"has states inside {state}; only flat machines are shown")
    if machine.initial is not None and machine.initial not in states:
        raise UnfitError(f"has an unknown initial state: {machine.initial}")
    known = _targets(machine, states)
    return Description(
        tuple(states),
        frozenset(
            (state, known.get(target, target))
            for state, node in states.items()
            if node.type != "final"
            for target in _following(node, machine)
        ),
        machine.initial,
    )


def _targets(machine: _Node, states: Mapping[str, _Node]) -> dict[str, str]:
    """Return the state for each way to write it: by its name, in the machine, or by its id."""
    known = {f"#{machine.id or '(machine)'}.{state}": state for state in states}
    known |= {f".{state}": state for state in states}
    known |= {f"#{node.id}": state for state, node in states.items() if node.id}
    return known | {state: state for state in states}


def _following(node: _Node, machine: _Node) -> Iterator[str]:
    """Yield the targets of `node`, and those of the machine that it does not take itself."""
    # What a machine does is done in each state, unless the state takes the same event.
    for by_name in ({**machine.on, **node.on}, {**machine.after, **node.after}):
        for transition in by_name.values():
            yield from _leads(transition)
    invoked = node.invoke if isinstance(node.invoke, list) else [node.invoke]
    for one in invoked:
        if isinstance(one, dict):
            yield from _leads([one.get("onDone"), one.get("onError"), one.get("onSnapshot")])
    yield from _leads([node.always, machine.always, node.on_done])


def _leads(transition: Any) -> Iterator[str]:
    """Yield where `transition` leads to; without a target it stays in its state."""
    match transition:
        case str():
            yield transition
        case {"target": [_, _, *_] as targets}:
            raise UnfitError(f"has a transition to several states at once: {targets}")
        case {"target": target}:
            yield from _leads(target)
        case list():
            for one in transition:
                yield from _leads(one)
        case None | dict():
            pass
        case _:
            raise UnfitError(f"has {transition!r:.80} where a transition was expected")
