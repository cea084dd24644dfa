"""Opening recordings, and recording sessions."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.action import Action, Controller, Submenu
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.recent_files import show_recent
from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import joined, phrase, tr
from exlab_gui.core.trace import ENDING, TEST_ENDING, Recording, TraceError, load
from exlab_gui.export.atomic_file import why_not_written
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.replay import ReplaySource

if TYPE_CHECKING:
    from exlab_gui.core.traced_test import Trace

_log = logging.getLogger(__name__)

RECORDINGS = (phrase("Recordings (*{ending})", ending=ENDING), phrase("All files (*)"))
_OPENED = (
    RECORDINGS[0],
    phrase("Traces of tests (*{ending})", ending=TEST_ENDING),
    RECORDINGS[1],
)


class RecordingActions(Controller):
    """Opens recordings, and records the shown session; `opened` gives the opened session.

    The sessions of a test's trace are opened, too; then `traced` gives the trace and the list of
    its sessions.
    """

    opened = Signal(SessionModel)
    traced = Signal(object, object)

    def __init__(self, context: ActionContext) -> None:
        super().__init__(context)
        self._followed = WeakSet[SessionModel]()  # of ten thousand, few are ever recorded

    def open(
        self,
        path: Path,
        *,
        archived: bool = False,
        then: Callable[[SessionModel], object] = lambda _: None,
    ) -> None:
        """Open the recording at `path`, and call `then` with its session.

        An `archived` one is called as its session is, not as its file.
        """
        what = phrase("Reading {file}", file=file_name(path.name))
        if path.name.endswith(TEST_ENDING):
            self.context.jobs.run(what, partial(_read_trace, path), partial(self._take_trace, path))
        else:
            self.context.jobs.run(
                what, partial(_read, path), partial(self._take, path, archived, then)
            )

    def go_to_event(self, event: int | None, session: SessionModel) -> None:
        """Show `session` as it was after `event`; None: as it is."""
        if event is not None:
            session.go_to(event)
            if event > session.count:
                self.context.messages.show_info(
                    tr(
                        "There is no event {event:,}. {name} has {n:,} event.",
                        "There is no event {event:,}. {name} has {n:,} events.",
                        n=session.count,
                        event=event,
                        name=session.label,
                    )
                )

    def record(self, path: Path) -> None:
        # Before: if not every event can be written, that is shown in its place.
        self.context.messages.show_info(tr("Recording to {file}", file=file_name(path)))
        if self.session not in self._followed:
            self._followed.add(self.session)
            self.session.recording_stopped.connect(self._recording_stopped)
            self.session.recording_stalled.connect(self._recording_stalled)
        try:
            self.session.record(path)
        except OSError as error:
            self.context.messages.show_error(why_not_written(path, error))
        else:
            self.context.settings.used_file(path)
        self.context.refresh()

    @Action("actionOpenTrace", "&Open recording…", "Ctrl+O", "Trace", 1, icon="open")
    def _ask_to_open(self) -> None:
        """Open a recording."""
        self.context.ask_for_file("Open recording", _OPENED, self.open)

    @Submenu("menuRecentTraces", "R&ecent recordings", "Trace", 1)
    def _offer_again(self, menu: QMenu) -> None:
        show_recent(menu, self.context.settings, "traces", self.open)

    @Action(
        "actionRecord",
        "&Record to file…",
        "Ctrl+Shift+R",
        "Trace",
        1,
        checked=lambda c: c.session.recorded_to is not None,
    )
    def _start_or_stop(self) -> None:
        """Record the session to a file as it runs."""
        if self.session.recorded_to is not None:
            self.session.stop_recording()
            return
        new = f"{self.session.label}{ENDING}"
        self.context.ask_for_file("Record to file", RECORDINGS, self.record, new=new)

    def _recording_stopped(self, why: str) -> None:
        if why:
            self._tell(why)
        self.context.refresh()

    def _recording_stalled(self, why: str) -> None:
        if why:
            self._tell(why)
        else:
            self.context.messages.show_info(
                "Recording goes on. Nothing is missing in the file.", self.sender()
            )

    def _tell(self, why: str) -> None:
        _log.warning("%s", why)  # nobody sees a message of a window that is closed
        self.context.messages.show_error(why, self.sender())  # it need not be the shown session

    def _take(
        self,
        path: Path,
        archived: bool,
        then: Callable[[SessionModel], object],
        read: tuple[Recording, SessionAnalysis],
    ) -> None:
        recording, index = read
        name = file_name(path.name)
        label = recording.header.label if archived else name.removesuffix(ENDING)
        if not archived:
            self.context.settings.opened_file("traces", path)
        self.context.messages.dismiss()
        session = SessionModel(ReplaySource(label, recording), index)
        self.opened.emit(session)
        if problems := session.info.problems:
            told = [phrase("{name} is incomplete: {problem}", name=name, problem=problems[0])]
            if more := len(problems) - 1:
                told.append(phrase("{n:,} more problem.", "{n:,} more problems.", n=more))
            self.context.jobs.fail(joined(told))
        then(session)

    def _take_trace(self, path: Path, read: tuple["Trace", list[SessionAnalysis]]) -> None:
        trace, indices = read
        self.context.settings.opened_file("traces", path)
        self.context.messages.dismiss()
        sessions = []
        for recording, index in zip(trace.recordings, indices, strict=True):
            sessions.append(SessionModel(ReplaySource(recording.header.label, recording), index))
            self.opened.emit(sessions[-1])
        self.traced.emit(trace, sessions)


def _read_trace(path: Path, progress: Progress) -> tuple["Trace", list[SessionAnalysis]]:
    from exlab_gui.core.traced_test import load_trace  # with its first use

    try:
        trace = load_trace(path)
    except TraceError as error:
        raise ValueError(phrase("{name}: {why}", name=file_name(path.name), why=error)) from None
    return trace, [_analysed(recording, progress) for recording in trace.recordings]


def _read(path: Path, progress: Progress) -> tuple[Recording, SessionAnalysis]:
    try:
        recording = load(path, progress)
    except TraceError as error:
        raise ValueError(phrase("{name}: {why}", name=file_name(path.name), why=error)) from None
    if not recording.events:
        raise ValueError(
            phrase("{name}: {why}", name=file_name(path.name), why=recording.problems[0])
        )
    return recording, _analysed(recording, progress)


def _analysed(recording: Recording, progress: Progress) -> SessionAnalysis:
    index = SessionAnalysis(recording.machine, recording.events, progress)
    index.close()
    return index
