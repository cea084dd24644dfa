"""A program: prints how many bytes a logged event takes, where there are as many as it is told.

The events are a simulated session's, with their envelopes, and the log shows them. What is counted
is by how much the process grew since the log showed ten of them.
"""

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_pane import LogPane
from tests.benchmarks.long_session import LongSource


def main(count: int) -> None:
    """Show a log of a few events, then of `count`, and print what each took."""
    app = QApplication(sys.argv[:1])
    pane = LogPane(Theme(app, "light"))
    source = LongSource(10)
    session = SessionModel(source)
    pane.set_session(session)
    pane.show()
    app.processEvents()
    before = _resident_bytes()
    source.grow(count - 10)
    while pane.model.rowCount() < count:  # what changes without a command is shown once a frame
        app.processEvents()
    app.processEvents()
    print((_resident_bytes() - before) / count)
    session.close()


def _resident_bytes() -> int:
    """Return how much memory the process holds, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
