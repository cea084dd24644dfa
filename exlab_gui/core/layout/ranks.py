"""The first step of a layout: which states stand side by side, and which below which."""

from collections import deque
from collections.abc import Mapping

from exlab_gui.core.machine import StateMachine


def ranks(machine: StateMachine) -> dict[str, int]:
    """Return the rank of every state that is no exit: its row, from 0 at the top.

    The rank is the fewest steps from the initial state, so that the spine, which is a shortest
    path, has one state in each row. What no path from the initial state reaches starts a tree of
    its own at the top. A state that only loops with one other stands beside it.
    """
    inner = [state for state in machine.states if state not in machine.exits]
    found: dict[str, int] = {}
    for root in sorted(inner, key=lambda state: state != machine.initial):
        if root in found:
            continue
        found[root] = 0
        queue = deque([root])
        while queue:
            state = queue.popleft()
            for following in machine.forward(state):
                if following not in found:
                    found[following] = found[state] + 1
                    queue.append(following)
    for looping, host in loops(machine).items():
        found[looping] = found[host]
    return {state: found[state] for state in inner}


def main_line(machine: StateMachine) -> tuple[str, ...]:
    """Return the states that are to stand in one straight line: one in each of the first ranks.

    That is the spine. Where no session comes to a regular end, it is the way to a state that is as
    far away as any, by the fewest steps.
    """
    if len(machine.spine) > 1:
        return machine.spine
    aside = {machine.initial, *machine.exits, *loops(machine)}
    ways = (machine.path(machine.initial, state) for state in machine.states if state not in aside)
    return max((way for way in ways if way), key=len, default=machine.spine)


def loops(machine: StateMachine) -> Mapping[str, str]:
    """Return the states that only loop, each with its host.

    From the host a session comes to such a state, and back to the host is the only way on, exits
    apart. In the creation machine: ``input_required``, with ``plugin_pass`` as its host. A host
    has at most one, the first in the table's order, since only one can stand next to it.
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
