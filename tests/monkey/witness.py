"""What must hold after each of a monkey's actions."""

from __future__ import annotations

import logging
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.trace import TraceError, load
from exlab_gui.sources.simulated import SimulatedSource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from exlab_gui.core.protocol.events import Event
    from exlab_gui.models.session_model import SessionModel
    from exlab_gui.window.monitor_window import MonitorWindow

# Said by the offscreen platform of itself, and by uvicorn of a server that is stopped at work.
_OFFSCREEN = "This plugin does not support"
_STOPPED = "ASGI callable returned without"


class Faults(logging.Handler):
    """Collects what must not be logged: anything unforeseen, and every warning of Qt."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        # The user was told of these, in a sentence.
        told = record.name.startswith("exlab_gui.") and record.name != "exlab_gui.uncaught_errors"
        expected = error is None or isinstance(error, PlainError | OSError | ValueError)
        stopped = record.name == "uvicorn.error" and text.startswith(_STOPPED)
        if _OFFSCREEN in text or stopped or (told and expected):
            return
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.found.append(f"{record.name}: {text}\n{trace}")


class _Recorded(NamedTuple):
    session: SessionModel
    path: Path
    arrivals: Sequence[Event]
    count: int


class Witness:
    """Watches the sessions of a window: their moves, and what is recorded of them."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.recordings = self.events = self.moves = 0
        self._recorded: dict[SessionModel, _Recorded] = {}
        self._seen: dict[SessionModel, tuple[object, int]] = {}
        self._forks: WeakKeyDictionary[SessionModel, list[Event]] = WeakKeyDictionary()

    def look(self, window: MonitorWindow) -> None:
        opened = window.sessions.open_sessions
        for session in opened:
            self._follow(session)
        for session, recorded in list(self._recorded.items()):
            if session.recorded_to != recorded.path or session.arrivals is not recorded.arrivals:
                self._assert_complete(self._recorded.pop(session))
        for session in opened:
            if (path := session.recorded_to) is not None:
                self._recorded[session] = _Recorded(session, path, session.arrivals, session.count)
        for session in self._seen.keys() - set(opened):
            del self._seen[session]

    def end(self) -> None:
        """Look at what was still being recorded when the window was closed."""
        for recorded in self._recorded.values():
            self._assert_complete(recorded)
        self._recorded.clear()
        self._seen.clear()

    def _follow(self, session: SessionModel) -> None:
        """Assert that a simulated session has made legal moves only, and none after its end."""
        if not isinstance(session.source, SimulatedSource):
            return
        history = session.history
        known, count = self._seen.get(session, (None, 0))
        if known is not history:
            # What a fork begins with may be that of a recording, and comes again after a reset.
            given = self._forks.setdefault(session, list(history) if session.info.fork else [])
            same = takewhile(lambda pair: pair[0] is pair[1], zip(given, history, strict=False))
            count = max(len(list(same)), 1)
        for event, before in zip(history[count:], history[count - 1 :], strict=False):
            self.moves += 1
            moved = event.state != before.state
            if moved and event.state not in session.machine.table.get(before.state, ()):
                self.faults.append(f"Illegal: {session.label} {before.state} → {event.state}")
        self._seen[session] = (history, len(history))

    def _assert_complete(self, recorded: _Recorded) -> None:
        """Assert that the file has every event that was shown, as it came, and nothing else."""
        self.recordings += 1
        where = f"{recorded.path.name} of {recorded.session.label}"
        try:
            found = load(recorded.path)
        except TraceError as error:
            self.faults.append(f"Unreadable: {where}: {error}")
            return
        events = list(found.arrivals)
        self.events += len(events)
        if found.problems:
            self.faults.append(f"Damaged: {where}: {found.problems[:2]}")
        came = list(recorded.arrivals[: len(events)])  # what corrects them came later
        if len(events) < min(recorded.count, len(recorded.arrivals)) or events != came:
            differing = [pair for pair in zip(events, came, strict=False) if pair[0] != pair[1]]
            told = f"{len(events)} of {recorded.count}, other events: {differing[:2]}"
            self.faults.append(f"Incomplete: {where}: {told}")
        simulated = isinstance(recorded.session.source, SimulatedSource)
        if simulated and not recorded.session.info.fork:
            for finding in check(found.machine, events):
                if finding.severity is Severity.VIOLATION:
                    self.faults.append(f"Violation: {where}: {finding}")
