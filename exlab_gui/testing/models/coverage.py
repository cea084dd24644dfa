"""Coverage of the state machine by the sessions of a test run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from exlab_gui.core.analysis.coverage import Coverage, CoverageData
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine

if TYPE_CHECKING:
    from exlab_gui.core.analysis.visits import StateHistory
    from exlab_gui.window.monitor_window import MonitorWindow

_KEY = "exlab_coverage"


class CoverageReport:
    """A plugin that counts what every session of every watched window went through.

    Sessions of other machines than the program's own, such as recordings that a test opened, are
    counted by machine. At the end of the run a table of each is printed; the exit status is 1
    if less than `fail_under` percent of some machine was taken (None: never). The counts, with the
    share of each test, are written to `files`.
    """

    NAME = "exlab-gui-coverage"

    def __init__(self, fail_under: float | None, files: Sequence[Path] = ()) -> None:
        self._fail_under = fail_under
        self._files = [path.absolute() for path in files]
        self._unwritten: list[str] = []
        self._coverages: dict[StateMachine, Coverage] = {}
        self._of(CREATION_MACHINE)

    @contextmanager
    def watching(self, window: "MonitorWindow", test: str) -> Iterator[None]:
        """Count the sessions that `window` has at any time of the block, for `test`.

        So it does with one that is closed meanwhile, and with each walk of one that began anew.
        """
        histories: dict[int, StateHistory] = {}

        def take_note(*_: object) -> None:
            for row in range(window.sessions.rowCount()):
                visits = window.sessions.session(row).visits
                histories[id(visits)] = visits

        take_note()
        window.sessions.rowsInserted.connect(take_note)
        window.sessions.dataChanged.connect(take_note)
        try:
            yield
        finally:
            window.sessions.rowsInserted.disconnect(take_note)
            window.sessions.dataChanged.disconnect(take_note)
            counted: set[int] = set()
            for visits in histories.values():
                visits.extend()
                events = list(map(id, visits.history))  # a fork begins with those of its parent
                inherited = sum(1 for _ in takewhile(counted.__contains__, events))
                self._of(visits.machine).add_visits(visits, inherited=inherited, test=test)
                counted.update(events)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of pytest-xdist counted; one that crashed has nothing to say."""
        for text in getattr(node, "workeroutput", {}).get(_KEY, ()):
            counted = Coverage.of(msgspec.json.decode(text, type=CoverageData))
            self._of(counted.machine).merge(counted)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what a worker counted; else judge it if the tests have passed."""
        coverages = self._coverages.values()
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_KEY] = [msgspec.json.encode(counted.data()).decode() for counted in coverages]
            return
        self._unwritten = list(self._write())
        falls_short = any(map(self._falls_short, coverages)) or self._unwritten
        if session.exitstatus == pytest.ExitCode.OK and falls_short:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the tables."""
        for counted in self._coverages.values():
            terminalreporter.section("exlab-gui coverage")
            for line in counted.lines():
                terminalreporter.line(line)
            if self._falls_short(counted):
                sentence = f"Fewer than {self._fail_under:g} % were taken."
                terminalreporter.line(sentence, red=True, bold=True)

        for path in self._files:
            terminalreporter.line(f"exlab-gui coverage: {path}")
        for sentence in self._unwritten:
            terminalreporter.line(sentence, red=True, bold=True)

    def _write(self) -> Iterator[str]:
        """Write the files, and yield why one could not be written."""
        if not self._files:
            return
        from exlab_gui.export.coverage.formats import FORMATS, Counted
        from exlab_gui.export.exporter import ExportError, write
        from exlab_gui.theme.colours import LIGHT

        for path in [*self._files]:
            try:
                write(path, FORMATS, Counted([*self._coverages.values()], LIGHT))
            except ExportError as error:
                self._files.remove(path)
                yield str(error)

    def _of(self, machine: StateMachine) -> Coverage:
        return self._coverages.setdefault(machine, Coverage(machine))

    def _falls_short(self, counted: Coverage) -> bool:
        return self._fail_under is not None and counted.is_under(self._fail_under)
