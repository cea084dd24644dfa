"""Help, Copy diagnostics: what a report of a fault needs, on the clipboard."""

import json

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from exlab_gui.window.monitor_window import MonitorWindow


def test_the_diagnostics_are_copied(window: MonitorWindow) -> None:
    """They are JSON, tell of Qt and its screens, and of sessions only how many there are."""
    window.actions_by_name["actionCopyDiagnostics"].trigger()
    told = json.loads(QGuiApplication.clipboard().text())
    assert told["qt"]["version"] == qVersion()
    assert told["qt"]["platform"] == QGuiApplication.platformName()
    assert len(told["qt"]["screens"]) == len(QGuiApplication.screens())
    assert told["sessions"] == {"simulated": 1}
    assert {"exlab-gui", "python", "packages", "system", "log", "settings"} <= told.keys()
    assert window.session.label not in QGuiApplication.clipboard().text()
    assert window.panes.messages.text == "The diagnostics are copied. Paste them into your report."
