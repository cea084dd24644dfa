"""A real window for tests, on settings of its own, that leaves nothing behind."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.settings import Settings
from exlab_gui.testing.lifecycle import (
    applied_theme,
    closing_in_loop,
    fresh_settings,
    no_widgets_left,
)
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow

WIDE, NARROW = (1280, 800), (1024, 700)
"""The two sizes that the window is designed for."""

OpenWindow = Callable[..., MonitorWindow]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Yield a light theme that is applied to the application, and take it off again."""
    with applied_theme(qapp) as theme:
        yield theme


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings that nobody has changed yet."""
    return fresh_settings(tmp_path)


@pytest.fixture
def open_window(
    request: pytest.FixtureRequest, qapp: QApplication, theme: Theme, settings: Settings
) -> Iterator[OpenWindow]:
    """Yield what opens a window on a machine, in a size; close what is open at the end.

    A coroutine test that has played closes its window itself, by `close_window`.
    """
    qapp.setQuitOnLastWindowClosed(False)  # as in the program: it would end a test's loop
    opened: list[MonitorWindow] = []

    def open_it(
        machine: StateMachine = CREATION_MACHINE,
        size: tuple[int, int] = WIDE,
        archive: Path | None = None,
    ) -> MonitorWindow:
        window = MonitorWindow(settings, theme, machine, archive)
        window.resize(*size)
        window.show()
        window.activateWindow()
        opened.append(window)
        return window

    has_loop = inspect.iscoroutinefunction(request.function)
    with no_widgets_left(), closing_in_loop(has_loop=has_loop) as close:
        yield open_it
        for window in opened:
            if isValid(window):
                close(window)


@pytest.fixture
def window(open_window: OpenWindow) -> MonitorWindow:
    """Return a window on a fresh session of the creation machine."""
    return open_window()


def settle() -> None:
    """Return when everything has its place, and what was to be deleted is.

    Each layout asks the one around it for another place, each time in a new turn.
    """
    for _ in range(8):
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
