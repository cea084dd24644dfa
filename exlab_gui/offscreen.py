"""Playing a session without a display, and saving a picture of the window."""

import asyncio
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from exlab_gui.core.text.event_lines import EventLines
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Play, SetBreakpoints
from exlab_gui.window.monitor_window import MonitorWindow
from exlab_gui.window.window_state import FIRST_SIZE

_SPEED = 16.0


async def demonstrate(window: MonitorWindow, why: str) -> None:
    """Play the session of `window`, print its events, and save a picture of the window.

    `why` is the sentence why no window is shown.

    The last printed line is the path of the picture. Raises OSError.
    """
    print(f"exlab-gui: {sanitize(why)} The scenario is played offscreen.", file=sys.stderr)
    qInstallMessageHandler(_print_message)
    window.resize(*FIRST_SIZE)  # the screen that is not there would be smaller
    window.show()
    window.play_bar.set_factor(_SPEED)
    await _play(window.session)
    folder = Path(tempfile.mkdtemp(prefix="exlab-gui-"))
    picture = folder / "window.png"
    if not window.grab().save(str(picture)):
        raise OSError(f"{picture} could not be written")
    print(picture, flush=True)


async def _play(session: SessionModel) -> None:
    lines = EventLines(session.machine)
    changed = asyncio.Event()
    session.changed.connect(changed.set)
    session.request(SetBreakpoints(frozenset()))  # nobody is there to go on after a pause
    session.request(Play())
    printed, before = 0, None
    while True:
        for event in session.history[printed : session.count]:
            print(lines.line(event, before), flush=True)
            printed, before = printed + 1, event
        if printed == len(session.history) and not session.playing:
            return
        changed.clear()
        await changed.wait()


def _print_message(_type: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Print Qt's messages, except one that only concerns a hidden window."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)
