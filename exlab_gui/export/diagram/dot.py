"""A machine in the DOT language, for Graphviz."""

import re
from itertools import pairwise

from exlab_gui.core.machine import StateMachine
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.exporter import text_format

_ENTITY = re.compile(r"&(?=#?\w+;)")


def to_dot(machine: StateMachine, current: str | None = None) -> str:
    """Return `machine` as a directed graph, with the state `current` emphasised.

    Terminal states have a double outline. The spine is as straight as Graphviz can draw it, and
    the transitions to the exits are lighter than the others.
    """
    spine = set(pairwise(machine.spine))
    lines = [
        "digraph machine {",
        "  rankdir=TB;",
        '  node [shape=box, style=rounded, fontname="sans-serif"];',
    ]
    for state in machine.states:
        marks = []
        if state in machine.terminal:
            marks.append("peripheries=2")
        if state == current:
            marks += ['style="rounded,filled,bold"', 'fillcolor="lightblue"']
        lines.append(f"  {_quoted(state)}{_attributes(marks)};")
    for source, target in machine.edges:
        marks = []
        if target in machine.exits:
            marks += ['color="gray60"', "weight=0"]
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


def _of_drawing(drawing: Drawing) -> str:
    return to_dot(drawing.machine, drawing.current)


DOT = text_format("DOT for Graphviz", (".dot", ".gv"), _of_drawing)
