"""The first step of a layout: the row of every state."""

from collections import deque
from collections.abc import Mapping

from exlab_gui.core.machine import StateMachine


def ranks(machine: StateMachine) -> dict[str, int]:
    """Return the row of every state that is no exit, from 0 at the top.

    It is the fewest steps from the initial state, so that the spine, a shortest path, has one state
    in each row. States that cannot be reached stand apart, below all others. A looping state stands
    beside its host.
    """
    inner = [state for state in machine.states if state not in machine.exits]
    beside = loops(machine)
    found: dict[str, int] = {}
    below = 0
    for root in (machine.initial, *sorted(machine.unreachable, key=beside.__contains__)):
        if root in found:
            continue
        found[root] = below
        queue = deque([root])
        while queue:
            state = queue.popleft()
            for following in machine.forward(state):
                if following not in found:
                    found[following] = found[state] + 1
                    queue.append(following)
        if root == machine.initial:
            below = 1 + max(row for state, row in found.items() if state not in beside)
    for looping, host in beside.items():
        found[looping] = found[host]
    return {state: found[state] for state in inner}


def main_line(machine: StateMachine) -> tuple[str, ...]:
    """Return the states that stand in one straight line: one in each of the first rows.

    That is the spine or, if there is no regular end, the shortest path to a farthest state.
    """
    if len(machine.spine) > 1:
        return machine.spine
    aside = {machine.initial, *machine.exits, *loops(machine)}
    paths = (machine.path(machine.initial, state) for state in machine.states if state not in aside)
    return max((path for path in paths if path), key=len, default=machine.spine)


def loops(machine: StateMachine) -> Mapping[str, str]:
    """Return the looping states, each with its host, as ``input_required`` with ``plugin_pass``.

    Exits apart, such a state follows the host alone and is followed by it alone. A host has at most
    one, the first in the table's order, since only one can stand next to it.
    """
    found: dict[str, str] = {}
    for state in machine.states:
        forward = machine.forward(state)
        if state in machine.spine or len(forward) != 1 or state in found.values():
            continue
        host = forward[0]
        taken = host in found or host in found.values()
        if not taken and host != state and machine.preceding(state) == forward:
            found[state] = host
    return found
