"""Events as lines of text in aligned columns."""

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.log_columns import COLUMNS, Entry


class EventLines:
    """The columns of the log for sessions of a machine, as wide as its names need."""

    def __init__(self, machine: StateMachine) -> None:
        self._machine = machine
        self._columns = [(c, c.line(machine)) for c in COLUMNS if c.line is not None]

    def line(self, event: Event, before: Event | None) -> str:
        """Return the line of `event`, which follows `before`; times in UTC."""
        entry = Entry(event, before, self._machine, utc=True)
        cells = (
            column.text(entry).rjust(width) if column.numeric else column.text(entry).ljust(width)
            for column, width in self._columns
        )
        return "  ".join(cells).rstrip()
