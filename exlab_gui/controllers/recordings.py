"""Recordings in the window: opened, saved, written as it happens, gone through, forked."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.recent_files import show_recent
from exlab_gui.core.analysis.index import SessionAnalysis
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import ENDING, Fork, Recording, TraceError, load
from exlab_gui.export.atomic_file import why_not_written
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.widgets.session_view import SessionView

RECORDINGS = (f"Recordings (*{ENDING})", "All files (*)")


class TraceActions(QObject, SessionView):
    """Does what the Trace menu says with the shown session; `opened` brings a further session."""

    opened = Signal(SessionModel)

    def __init__(self, context: ActionContext, recent: QMenu) -> None:
        super().__init__(context.window)
        self._context = context
        self._forks = 0
        recent.aboutToShow.connect(
            partial(show_recent, recent, context.settings, "traces", self.open)
        )
        context.connect(
            {
                "actionOpenTrace": self._ask_to_open,
                "actionRecord": self._start_or_stop_recording,
                "actionGoToFirst": lambda: self.go_to(1),
                "actionGoBack": lambda: self._go_by(-1),
                "actionGoForward": lambda: self._go_by(1),
                "actionGoToLatest": lambda: self.go_to(None),
                "actionNextFinding": self._go_to_next_finding,
                "actionForkHere": self.fork_here,
            }
        )

    def set_session(self, session: SessionModel) -> None:
        """Show `session` from now on."""
        if self.session is not None:
            self.session.recording_stopped.disconnect(self._recording_stopped)
        session.recording_stopped.connect(self._recording_stopped)
        super().set_session(session)

    def synchronize(self) -> None:
        """Offer what can be done at the moment that is shown."""
        session = self.session
        if session is None:
            return
        first, latest = session.shown_count == 1, session.position is None
        for name, possible in (
            ("actionGoToFirst", not first),
            ("actionGoBack", not first),
            ("actionGoForward", not latest),
            ("actionGoToLatest", not latest),
            ("actionNextFinding", bool(session.findings)),
        ):
            self._context.actions[name].setEnabled(possible)
        self._context.actions["actionRecord"].setChecked(session.recorded_to is not None)

    def open(self, path: Path) -> None:
        """Read the recording in `path`, beside everything else, and bring it as a session."""
        self._context.jobs.run(
            f"Reading {file_name(path.name)}", partial(_read, path), partial(self._take, path)
        )

    def record(self, path: Path) -> None:
        """Write the session to `path` from its beginning, and as it goes on."""
        if self.session is None:
            return
        try:
            self.session.record(path)
        except OSError as error:
            self._context.messages.show_error(why_not_written(path, error))
            self.synchronize()
            return
        self._context.settings.used_file(path)
        self._context.messages.show_info(f"Recording to {file_name(path)}")
        self.synchronize()

    def go_to(self, position: int | None) -> None:
        """Show the session at `position`; None: as it is now."""
        if self.session is not None:
            self.session.go_to(position)

    def fork_here(self) -> None:
        """Bring a simulated session that begins as the shown one did, up to the moment shown."""
        session = self.session
        if session is None:
            return
        self._forks += 1
        history = session.history[: session.shown_count]
        fork = Fork(of=session.label, seq=history[-1].seq)
        source = SimulatedSource(f"fork-{self._forks}", session.machine, fork=fork, history=history)
        self.opened.emit(SessionModel(source))

    def _ask_to_open(self) -> None:
        self._context.ask_for_file("Open a recording", RECORDINGS, self.open)

    def _start_or_stop_recording(self) -> None:
        session = self.session
        if session is None:
            return
        if session.recorded_to is not None:
            session.stop_recording()
            return
        self.synchronize()  # checked only once there is a file
        new = f"{session.label}{ENDING}"
        self._context.ask_for_file("Record to", RECORDINGS, self.record, new=new)

    def _recording_stopped(self, why: str) -> None:
        if why:
            self._context.messages.show_error(why)
        self.synchronize()

    def _go_by(self, events: int) -> None:
        if self.session is not None:
            self.go_to(max(self.session.shown_count + events, 1))

    def _go_to_next_finding(self) -> None:
        if self.session is not None:
            self.go_to(self.session.finding_after(self.session.shown_count))

    def _take(self, path: Path, read: tuple[Recording, SessionAnalysis]) -> None:
        recording, index = read
        self._context.settings.opened_file("traces", path)
        self._context.messages.dismiss()
        name = file_name(path.name)
        session = SessionModel(ReplaySource(name.removesuffix(ENDING), recording), index)
        self.opened.emit(session)
        if problems := session.info.problems:
            more = f" There are {len(problems) - 1:,} more such places." if problems[1:] else ""
            self._context.jobs.fail(f"{name} is incomplete: {problems[0]}{more}")


def _read(path: Path, progress: Progress) -> tuple[Recording, SessionAnalysis]:
    """Return the recording in `path` and what is to be known of it."""
    try:
        recording = load(path, progress)
    except TraceError as error:
        raise ValueError(f"{file_name(path.name)}: {error}") from None
    if not recording.events:
        raise ValueError(f"{file_name(path.name)}: there is no event in it that can be read.")
    index = SessionAnalysis(recording.machine, recording.events)
    index.close()
    return recording, index
