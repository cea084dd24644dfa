"""A recorded session with its log, and what that has to show, found in the plainest way."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt

from exlab_gui.core.analysis.conformance import Checker
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.describe import describe, reservation
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.models.event_table import EventTableModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Play
from exlab_gui.testing.locators import Row
from tests.helpers import spec
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START, session_histories

HISTORIES = session_histories(max_events=15)
ROLE = Qt.ItemDataRole


class Log:
    """A recorded session and its table; what happened is shown at once."""

    def __init__(self, history=(), table=None):
        self.source = RecordedSource(CREATION_MACHINE, history)
        self.session = SessionModel(self.source)
        self.table = table or EventTableModel()
        self.filtering = False
        self.table.filtering.connect(self.note)
        self.table.set_session(self.session)

    def note(self, filtering):
        self.filtering = filtering

    def show(self):
        """Show what has happened so far, as a command does."""
        self.session.request(Play())

    def settle(self):
        """Return when the filter has gone through everything."""
        while self.filtering:
            QCoreApplication.processEvents()

    @property
    def rows(self):
        return rows(self.table)


def rows(table):
    """Return what the table shows, row by row."""
    return [
        Row(table.index(row, column).data() for column in range(table.columnCount()))
        for row in range(table.rowCount())
    ]


def row(history, index):
    """Return the cells of the event at `index`, as the columns are documented."""
    event, before = history[index], history[index - 1] if index else None
    return (
        str(event.seq),
        time_of_day(event.at, "milliseconds"),
        duration(event.at - before.at, 3) if before else "",
        event.state,
        kind(event),
        getattr(event.envelope, "phase", None) or spec.PHASES[event.state] or "",
        detail(history, index),
    )


def kind(event):
    """Return the kind of the event that the log shows."""
    polled = event.origin is Origin.OBSERVED and event.envelope is event.wire is None
    return "failed" if polled and event.state == "failed" else event.kind


def detail(history, index):
    """Return what the check remarks of the event at `index`, and what the event says."""
    before = history[index - 1].state if index else None
    findings = Checker(CREATION_MACHINE).extend(history)
    remarks = [
        f"{'Note:' if finding.severity is Severity.NOTE else '⚠'} {finding.sentence}"
        for finding in findings
        if finding.event_index == index
    ]
    told = describe(history[index], before), reservation(history[index])
    return "  ".join(part for part in (*remarks, *told) if not part.isspace() and part)


def passing(history, first=0, text="", hidden=frozenset()):
    """Return the indices of the events that a filter keeps, found one by one."""
    words = text.casefold().split()
    return [
        index
        for index in range(first, len(history))
        if kind(history[index]) not in hidden
        and all(any(word in cell.casefold() for cell in row(history, index)) for word in words)
    ]


def warnings(count, first=2):
    """Return so many events of a session that warns and makes progress, in turns."""
    envelopes = (
        WarningEnvelope("running_plugins", "README.md has a placeholder."),
        ProgressEnvelope("running_plugins", 1, 2),
    )
    return [
        Event(n, START + timedelta(seconds=n), "plugin_pass", Origin.OBSERVED, envelopes[n % 2])
        for n in range(first, first + count)
    ]
