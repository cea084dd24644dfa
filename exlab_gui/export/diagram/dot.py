"""A machine in the DOT language, for Graphviz."""

import re
from collections.abc import Set
from itertools import pairwise

from exlab_gui.core.machine import Edge, StateMachine

_ENTITY = re.compile(r"&(?=#?\w+;)")


def to_dot(machine: StateMachine, current: str | None = None, path: Set[Edge] = frozenset()) -> str:
    """Return `machine` as a directed graph, with the state `current` and the `path` emphasised.

    A transition of the path that is not in the table is dashed. Terminal states have a double
    outline. The spine is as straight as Graphviz can draw it, and the transitions to the exits are
    lighter than the others.
    """
    spine = set(pairwise(machine.spine))
    visited = {state for edge in path for state in edge}
    lines = [
        "digraph machine {",
        "  rankdir=TB;",
        "  overlap=false;",  # for the layouts that do not look after that themselves
        '  node [shape=box, style=rounded, fontname="sans-serif"];',
    ]
    for state in machine.states:
        marks = []
        if state in machine.terminal:
            marks.append("peripheries=2")
        if state == current:
            marks += ['style="rounded,filled,bold"', 'fillcolor="lightblue"']
        elif state in visited:
            marks.append('style="rounded,bold"')
        lines.append(f"  {_quoted(state)}{_attributes(marks)};")
    for source, target in (*machine.edges, *sorted(path - set(machine.edges))):
        marks = ["penwidth=2.5"] if (source, target) in path else []
        if not machine.allows(source, target):
            marks += ["style=dashed", "weight=0"]
        elif target in machine.exits:
            marks += [*([] if marks else ['color="gray60"']), "weight=0"]
        elif (source, target) in spine:
            marks.append("weight=100")
        lines.append(f"  {_quoted(source)} -> {_quoted(target)}{_attributes(marks)};")
    return "\n".join([*lines, "}", ""])


def _attributes(marks: list[str]) -> str:
    return f" [{', '.join(marks)}]" if marks else ""


def _quoted(state: str) -> str:
    r"""Return `state` as a quoted string that Graphviz shows as it is.

    In a label, ``\`` begins a command and ``&...;`` stands for a character, as in HTML. A name that
    begins with ``%`` would count as none.
    """
    literal = _ENTITY.sub("&amp;", state).replace("\\", "\\\\").replace('"', '\\"')
    literal = re.sub("^%", "&#37;", literal)
    return f'"{literal}"'
