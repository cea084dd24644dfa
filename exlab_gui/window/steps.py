"""The steps of a traced test, in a dock of their own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDockWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.object_names import named

if TYPE_CHECKING:
    from exlab_gui.core.traced_test import Trace
    from exlab_gui.window.monitor_window import MonitorWindow

_STEPS_WIDTH = 400


def show_steps(window: "MonitorWindow", trace: "Trace", sessions: Sequence[SessionModel]) -> None:
    """Show the steps of `trace`; the chosen one decides what everything else in `window` shows."""
    from exlab_gui.widgets.steps_pane import StepsPane  # not when the window opens

    def show(number: int) -> None:
        step = trace.test.steps[number]
        session = sessions[step.session]
        if session in window.sessions.open_sessions:
            window.session_actions.show(session)
            window.history.go_to(step.after)

    if (old := window.findChild(QDockWidget, "stepsDock")) is not None:
        old.setObjectName("")
        old.deleteLater()
    dock = named(QDockWidget(tr("Test steps"), window), "stepsDock")
    pane = StepsPane(trace)
    dock.setWidget(pane)
    window.tabifyDockWidget(window.session_dock, dock)
    window.resizeDocks([dock], [_STEPS_WIDTH], Qt.Orientation.Horizontal)
    QTimer.singleShot(0, dock, dock.raise_)  # once it has its tab
    pane.chosen.connect(show)
    pane.choose_last()
