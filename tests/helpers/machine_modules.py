"""Modules that export a machine, written to files."""

from pathlib import Path

from exlab_gui.core.machine import StateMachine

HEAD = "from enum import StrEnum\n"


def module_text(machine: StateMachine) -> str:
    """Return a module that exports `machine` as ExLab-Wizard's does."""
    names = {state: f"S{number}" for number, state in enumerate(machine.states)}
    states = "".join(f"    {names[state]} = {str(state)!r}\n" for state in machine.states)
    table = "".join(
        f"    S.{names[state]}: frozenset({{{', '.join(f'S.{names[s]}' for s in following)}}}),\n"
        if (following := machine.following(state))
        else f"    S.{names[state]}: frozenset(),\n"
        for state in machine.states
    )
    phases = {str(s): None if (p := machine.phase(s)) is None else str(p) for s in machine.states}
    return (
        f"{HEAD}\n\nclass SessionState(StrEnum):\n{states}\n\nS = SessionState\n"
        f"VALID_TRANSITIONS = {{\n{table}}}\nPHASES = {phases!r}\n\n\n"
        "def state_to_phase(state):\n    return PHASES[state]\n"
    )


def write_module(folder: Path, machine: StateMachine, name: str = "machine.py") -> Path:
    """Write a module that exports `machine` to a file in `folder`, and return its path."""
    path = folder / name
    path.write_text(module_text(machine), encoding="utf-8")
    return path
