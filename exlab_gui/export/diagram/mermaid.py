"""A machine as a Mermaid state diagram, for Markdown."""

import re
from collections.abc import Set

from exlab_gui.core.machine import Edge, StateMachine

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_UNSAFE = re.compile(r"[^\w ]|_")

# What Mermaid takes for something else than a state, whatever the case of the letters: words of
# its language, its own names for the points where everything begins and ends, and what every
# object of JavaScript has.
_TAKEN = frozenset(
    {
        *("class", "classdef", "click", "default", "end", "href", "note", "scale", "state"),
        *("statediagram", "style", "root", "root_start", "root_end"),
        *("constructor", "hasownproperty", "isprototypeof", "propertyisenumerable"),
        *("tolocalestring", "tostring", "valueof"),
    }
)


def to_mermaid(
    machine: StateMachine, current: str | None = None, path: Set[Edge] = frozenset()
) -> str:
    """Return `machine` as a ``stateDiagram-v2``, with `current` and the `path` emphasised.

    Mermaid has one look for all transitions: one that was taken is labelled so.

    If Mermaid would misread the name of a state, all states are numbered, and their names are
    labels.
    """
    # A session may have been in states that its machine does not have.
    known = (*machine.states, *sorted({state for edge in path for state in edge}), current)
    states = [state for state in dict.fromkeys(known) if state is not None]
    plain = all(map(_is_plain, states))
    names = {state: state if plain else f"s{place}" for place, state in enumerate(states, 1)}
    lines = ["stateDiagram-v2"]
    if not plain:
        lines += [f'    state "{_label(state)}" as {name}' for state, name in names.items()]
    lines.append(f"    [*] --> {names[machine.initial]}")
    edges = (*machine.edges, *sorted(path - set(machine.edges)))
    lines += [
        f"    {names[a]} --> {names[b]}{': taken' if (a, b) in path else ''}" for a, b in edges
    ]
    lines += [
        f"    {names[state]} --> [*]" for state in machine.states if state in machine.terminal
    ]
    visited = [state for state in states if any(state in edge for edge in path)]
    if visited:
        lines.append("    classDef visited stroke-width:3px")
        lines += [f"    class {names[state]} visited" for state in visited if state != current]
    if current is not None:
        lines.append("    classDef current stroke-width:4px,font-weight:bold")
        lines.append(f"    class {names[current]} current")
    return "\n".join([*lines, ""])


def _is_plain(state: str) -> bool:
    return _IDENTIFIER.fullmatch(state) is not None and state.lower() not in _TAKEN


def _label(state: str) -> str:
    """Return `state` with all but letters, digits and spaces as Mermaid's codes of characters."""
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", state)
