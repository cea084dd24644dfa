"""The events of the log, and their rows as text to be copied."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.limits import COPIED_CHARACTERS
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.log_columns import COLUMNS, Entry
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.translation import phrase

TOO_MUCH = phrase("These rows are too much to copy at once. Select fewer, or export the log.")

_SPECIAL = re.compile(r"[|\\`*_<\[\]&~$]")


class LoggedEvents(NamedTuple):
    """The history of a session that the log shows, with its findings and its machine."""

    history: Sequence[Event] = ()
    findings: Mapping[int, Sequence[Finding]] = {}
    machine: StateMachine = CREATION_MACHINE

    def entry(self, index: int) -> Entry:
        history = self.history
        remarks = [found.remark for found in self.findings.get(index, ())]
        return Entry(history[index], history[index - 1] if index else None, self.machine, remarks)


class CopiedRows(NamedTuple):
    """Rows of the log: those of the `events` at `indices`, oldest first."""

    events: LoggedEvents
    indices: Sequence[int]

    def markdown(self) -> str:
        """Return the rows as a table for Markdown."""
        titles = [column.title for column in COLUMNS]
        rules = ["---:" if column.numeric else "---" for column in COLUMNS]
        rows = (
            [column.text(entry) for column in COLUMNS]
            for entry in map(self.events.entry, self.indices)
        )
        return "".join(f"| {' | '.join(map(_escaped, row))} |\n" for row in (titles, rules, *rows))

    def text(self, progress: Progress = no_progress) -> str:
        """Return the rows with tabs between the columns.

        Raises PlainError if that would be too long. It may run in any thread.
        """
        lines: list[str] = []
        length = 0
        for index in tracked(self.indices, progress, 0, len(self.indices)):
            entry = self.events.entry(index)
            lines.append("\t".join(column.cell(column.text(entry)) for column in COLUMNS) + "\n")
            length += len(lines[-1])
            if length > COPIED_CHARACTERS:
                raise PlainError(TOO_MUCH)
        return "".join(lines)


def _escaped(cell: str) -> str:
    """Return `cell` so that nothing in it is taken for Markdown or HTML."""
    return _SPECIAL.sub(r"\\\g<0>", cell)
