"""Events as lines of text in columns that line up."""

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import KINDS
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.text.describe import describe


class EventLines:
    """Writes events of a machine's sessions as lines, however long the machine's names are."""

    def __init__(self, machine: StateMachine) -> None:
        self._machine = machine
        self._state = max(map(len, machine.states))
        self._kind = max(map(len, (*KINDS, "transition")))
        self._phase = max(len(machine.phase(state) or "") for state in machine.states)

    def line(self, event: Event, before: str | None) -> str:
        """Return number, time (UTC), state, kind, phase and what happened, after state `before`.

        What was inferred, came late, or follows what nobody saw, is said to be so.
        """
        phase = self._machine.phase(event.state) or ""
        return (
            f"{event.seq:>3}  {event.at:%H:%M:%S}.{event.at.microsecond // 1000:03}  "
            f"{event.state:<{self._state}}  {event.kind:<{self._kind}}  {phase:<{self._phase}}  "
            f"{describe(event, before)}{reservation(event)}"
        ).rstrip()


def reservation(event: Event) -> str:
    """Return in what way `event` is less than seen as it happened, or nothing."""
    if event.origin is Origin.INFERRED:
        return "  (inferred)"
    match event.mark:
        case Mark.GAP:
            return "  (what passed before it was not observed)"
        case Mark.LATE:
            return "  (known before)"
    return ""
