"""The composition root: the application, its event loop, and the window wired together."""

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from exlab_gui import __version__, paths
from exlab_gui.archive.folders import archive_folder
from exlab_gui.bundled_scenarios import default_scenario, fitting_scenarios
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.text.showable import concern_about
from exlab_gui.core.text.translation import tr
from exlab_gui.event_loop import EventLoop
from exlab_gui.garbage import collecting_here
from exlab_gui.language import speak, wanted
from exlab_gui.opening import Opening
from exlab_gui.overrides import survive_exceptions
from exlab_gui.program_log import RunLog
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import Play
from exlab_gui.system.display import why_no_display
from exlab_gui.system.taskbar import name_the_program
from exlab_gui.termination import Termination
from exlab_gui.theme.theme import Theme, ThemeChoice
from exlab_gui.uncaught_errors import SafetyNet
from exlab_gui.window.monitor_window import MonitorWindow
from exlab_gui.window.window_state import stand_aside

if TYPE_CHECKING:
    from exlab_gui.sources.live.address import Address
    from exlab_gui.sources.live.listening.choice import StreamChoice


def run(
    scenario: Scenario | None = None,
    *,
    play: bool = False,
    speed: float | None = None,
    theme: str | None = None,
    files: Sequence[Path] = (),
    event: int | None = None,
    server: "Address | None" = None,
    session_id: str | None = None,
    interval: float | None = None,
    events: "StreamChoice | None" = None,
    machine: StateMachine = CREATION_MACHINE,
    debug: bool = False,
    reset_settings: bool = False,
) -> int:
    """Show the window, and return the exit status after it is closed, or ended by a signal.

    `scenario` is that of the session of `machine` (None: the default one), with `play` it is played
    at once, `speed` times as fast as real time. Other values that are None are as in the last run.
    `files` are to be opened, and shown as they were after `event` (None: the last). `server` is one
    to watch, whose list is polled every `interval` seconds, and `session_id` its session to show
    (None: the newest that waits for input, else the first); `events` says whether its event streams
    are read. Without a display, the scenario is played offscreen. With `debug` the log is written
    to the terminal too; `reset_settings` forgets what the last run left.
    """
    no_display = why_no_display()
    if no_display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with RunLog() as log:
        log.start(debug=debug)
        app = make_application()
        settings = Settings()
        if reset_settings:
            settings.reset()
        speak(wanted(settings))
        choice = theme or settings.one_of("window/theme", ThemeChoice, ThemeChoice.SYSTEM)
        look = Theme(app, choice)
        with (
            EventLoop(app) as loop,
            collecting_here(),
            SafetyNet(loop) as net,
            Termination() as termination,
        ):
            window = open_window(settings, look, scenario, machine, _archive())
            stand_aside(window, log.running)
            if concern := concern_about(machine):
                window.panes.messages.show_info(concern)
            _tell_of_trouble(window, log, settings)
            net.caught.connect(window.panes.messages.show_error)
            termination.asked.connect(window.end)
            opening = Opening(app)
            opening.asked.connect(window.open_from_desktop)
            if not no_display:
                window.painted.connect(opening.listen)
            if speed is not None:
                window.play_bar.set_factor(speed)
            # Only a loop that runs can read files and watch servers.
            if files:
                loop.call_soon(window.open_files, files, event)
            if server is not None:
                loop.call_soon(window.servers.connect_to, server, session_id, interval, events)
            try:
                loop.run_until_complete(
                    _demonstrate(window, no_display)
                    if no_display
                    else _show(window, play, welcome=not (play or scenario or files or server))
                )
            finally:
                opening.close()
                loop.run_until_complete(window.shutdown())
                window.hide()
                delete(window)  # at its own end, PySide6 deletes windows whose Python is gone
    return termination.status


def _archive() -> Path | None:
    with suppress(OSError):  # this user has no folder
        return archive_folder()
    return None


def _tell_of_trouble(window: MonitorWindow, log: RunLog, settings: Settings) -> None:
    """Tell the user of an earlier run that crashed, damaged settings, and a log that is missing."""
    sentences = []
    if log.crashes:
        sentences.append(
            tr(
                "exlab-gui did not end well the last time. Details are in {crashes}. If that "
                "happens again, try Help, Reset settings.",
                crashes=log.crashes[-1],
            )
        )
    if settings.damaged:
        damaged = ", ".join(sorted(settings.damaged))
        sentences.append(
            tr("Damaged settings are back at their defaults: {damaged}.", damaged=damaged)
        )
    sentences += filter(None, (settings.problem, log.problem))
    if sentences:
        window.panes.messages.show_error("\n".join(map(tr, sentences)))


def make_application() -> QApplication:
    name_the_program()
    survive_exceptions()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("exlab-gui")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("exlab-gui")
    app.setQuitOnLastWindowClosed(False)  # the loop ends when the window's work has ended
    QDir.addSearchPath("resources", str(paths.resources()))
    return app


def open_window(
    settings: Settings,
    theme: Theme,
    scenario: Scenario | None,
    machine: StateMachine = CREATION_MACHINE,
    archive: Path | None = None,
) -> MonitorWindow:
    """Return a window with a new session that plays `scenario`, or the default one.

    Live sessions are recorded into the folder `archive`, if there is one.
    """
    window = MonitorWindow(settings, theme, machine, archive)
    chosen = scenario or default_scenario(machine)
    window.painted.connect(lambda: _offer_scenarios(window, machine))
    if chosen.steps:  # a machine of one state has nothing to play
        window.session_actions.play(chosen)
    return window


def _offer_scenarios(window: MonitorWindow, machine: StateMachine) -> None:
    for offered in fitting_scenarios(machine).values():
        window.play_bar.offer(offered)


async def _demonstrate(window: MonitorWindow, why: str) -> None:
    from exlab_gui.offscreen import demonstrate

    demonstration = asyncio.create_task(demonstrate(window, why))
    window.closed.connect(demonstration.cancel)
    with suppress(asyncio.CancelledError):
        await demonstration


async def _show(window: MonitorWindow, play: bool, *, welcome: bool) -> None:
    closed = asyncio.get_running_loop().create_future()
    window.closed.connect(lambda: None if closed.done() else closed.set_result(None))
    window.show()
    if welcome:
        QTimer.singleShot(0, window, window.help.welcome_once)
    if play:
        window.session.request(Play())
    await closed
