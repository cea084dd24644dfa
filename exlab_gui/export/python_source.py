"""The source of tests in Python: what those of the window and of a server have in common."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC
from itertools import groupby
from keyword import iskeyword
from textwrap import fill
from typing import Any

import msgspec

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Envelope
from exlab_gui.core.protocol.events import Cause
from exlab_gui.core.trace import Header
from exlab_gui.export.reproduce import ReplayStep

WIDTH = 88


def function_name(label: str) -> str:
    return "_".join(["test", *re.findall(r"[a-z0-9]+", label.lower())])[:80]


def about(header: Header) -> str:
    """Return a sentence about the session that a test is made of."""
    created = header.created.astimezone(UTC)
    return f"Reproduce {header.label}, a session of {created:%Y-%m-%d %H:%M:%S} UTC."


def states_entered(steps: Iterable[ReplayStep]) -> list[str]:
    """Return the states from the initial one on, each once where it was stayed in."""
    entered = [str(CREATION_MACHINE.initial), *(str(step.event.state) for step in steps)]
    return [state for state, _ in groupby(entered)]


def lines_of(states: Iterable[str]) -> str:
    """Return `states` as arguments, over several lines."""
    return fill(
        ", ".join(map(repr, states)), WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8
    )


def arguments(inputs: Mapping[str, Any]) -> str:
    if all(name.isascii() and name.isidentifier() and not iskeyword(name) for name in inputs):
        return ", ".join(f"{name}={value!r}" for name, value in inputs.items())
    return f"**{inputs!r}"


def timeless(value: Envelope | Cause) -> dict[str, Any]:
    """Return `value` as it goes over the wire, without its times."""
    built: dict[str, Any] = msgspec.to_builtins(value)
    return {key: part for key, part in built.items() if key not in ("at", "idle_s")}


def entries(values: Iterable[object]) -> str:
    """Return the source of a list, with a line for each of `values`."""
    lines = "".join(f"        {literal(value, 8)},\n" for value in values)
    return f"[\n{lines}    ]" if lines else "[]"


def literal(value: object, column: int) -> str:
    """Return the source of `value` that begins in `column` of its line."""
    from pprint import pformat  # with its first use: the window opens sooner without it

    lines = pformat(value, width=WIDTH - column, sort_dicts=False).splitlines()
    return ("\n" + " " * column).join(lines)
