"""What a report of a fault needs to know about the window, beside what is known without Qt."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from exlab_gui.controllers.context import ActionContext
from exlab_gui.diagnostics import diagnostics, without_home
from exlab_gui.models.session_model import SessionModel


def window_diagnostics(context: ActionContext, sessions: Iterable[SessionModel]) -> dict[str, Any]:
    """Return all diagnostics as values for JSON; of sessions no name, but what kind they are."""
    settings, size = context.settings, context.window.size()
    counts = Counter(session.traits.origin for session in sessions)
    told = {
        "qt": {
            "version": qVersion(),
            "platform": QGuiApplication.platformName(),
            "style": QApplication.style().objectName(),
            "theme": context.theme.choice,
            "font": QApplication.font().toString(),
            "screens": [
                f"{screen.size().width()} × {screen.size().height()}, scale "
                f"{screen.devicePixelRatio():g}, {screen.logicalDotsPerInch():.0f} dpi"
                for screen in QGuiApplication.screens()
            ],
            "window": f"{size.width()} × {size.height()}",
        },
        "settings": settings.problem or settings.file_name,
        "sessions": dict(counts),
    }
    return diagnostics() | {key: without_home(value) for key, value in told.items()}
