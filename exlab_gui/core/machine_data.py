"""A state machine as files hold it."""

from functools import lru_cache

import msgspec

from exlab_gui.core.machine import StateMachine


class MachineData(msgspec.Struct, frozen=True):
    """A state machine as JSON: each state with those that may follow it, in order."""

    initial: str
    table: dict[str, tuple[str, ...]]
    phases: dict[str, str | None]

    @staticmethod
    @lru_cache(16)  # thousands of sessions share one machine
    def of(machine: StateMachine) -> "MachineData":
        return MachineData(
            initial=machine.initial,
            table={state: machine.following(state) for state in machine.states},
            phases={state: machine.phase(state) for state in machine.states},
        )

    def restored(self) -> StateMachine:
        """Return the machine; raises ValueError if the table lacks a state that it names."""
        return _restored(msgspec.json.encode(self))


@lru_cache(16)  # thousands of recordings share one machine, and what it has found out of itself
def _restored(encoded: bytes) -> StateMachine:
    data = msgspec.json.decode(encoded, type=MachineData)
    table = {state: frozenset(following) for state, following in data.table.items()}
    return StateMachine(data.initial, table, data.phases)
