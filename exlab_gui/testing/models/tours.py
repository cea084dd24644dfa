"""Walks that together take every legal transition, as parameters of a test."""

from pathlib import Path
from typing import Any

import pytest

from exlab_gui.core.analysis.tour import tour
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.machines import load_machine

Machine = StateMachine | str | Path
"""A machine, or what names one: a module or a file, as for the option ``--machine``."""


def tours(machine: Machine | None = None) -> list[Any]:
    """Return the walks of a tour through `machine` (None: the program's own).

    Each is a parameter for ``pytest.mark.parametrize``: the states that a session enters, one after
    the other, without the initial one. Its id has its number and the state in which it ends.
    """
    walks = tour(machine_of(machine))
    return [
        pytest.param(walk[1:], id=f"{number}-{walk[-1]}") for number, walk in enumerate(walks, 1)
    ]


def machine_of(machine: Machine | None) -> StateMachine:
    if machine is None:
        return CREATION_MACHINE
    return machine if isinstance(machine, StateMachine) else load_machine(str(machine))
