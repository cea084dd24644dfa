"""A window for a test, on settings of its own, that leaves nothing behind."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from exlab_gui.garbage import collecting_here
from exlab_gui.overrides import survive_exceptions
from exlab_gui.settings import Settings
from exlab_gui.testing.loop import UNNOTICED, running_loop, wait_until
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow

_CLOSING_S = 10.0


def delete_due() -> None:
    """Delete what is to be deleted later."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def applied_theme(application: QApplication) -> Iterator[Theme]:
    """Yield a light theme that is applied to the application, and take it off again."""
    delete_due()  # or it would be painted anew
    style = application.style().name()
    theme = Theme(application, "light")
    try:
        yield theme
    finally:
        theme.finish()
        theme.deleteLater()
        delete_due()
        application.setStyleSheet("")
        application.styleHints().unsetColorScheme()
        application.setStyle(style)
        application.setPalette(application.style().standardPalette())


@contextmanager
def made_ready(application: QApplication) -> Iterator[None]:
    """Have `application` go on without windows, and with file dialogs that a test can reach."""
    survive_exceptions()
    dialogs = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = application.testAttribute(dialogs), application.quitOnLastWindowClosed()
    application.setAttribute(dialogs, True)
    application.setQuitOnLastWindowClosed(False)
    try:
        yield
    finally:
        application.setAttribute(dialogs, before[0])
        application.setQuitOnLastWindowClosed(before[1])


@contextmanager
def no_widgets_left() -> Iterator[None]:
    """Raise AssertionError if the block leaves top-level widgets behind."""
    before = set(QApplication.topLevelWidgets())
    yield
    delete_due()
    left = [widget for widget in QApplication.topLevelWidgets() if widget not in before]
    if left:
        names = ", ".join(widget.objectName() or type(widget).__name__ for widget in left)
        raise AssertionError(f"The window is closed, but these widgets are still there: {names}.")


@contextmanager
def closing_in_loop(*, has_loop: bool) -> Iterator[Callable[..., None]]:
    """Yield what closes windows of the block, as `close_windows` does.

    The block has an event loop that counts as the running one, if the test does not bring one.
    Garbage is collected in this thread only, so that a test may have others.
    """
    with collecting_here(), nullcontext() if has_loop else running_loop() as loop:

        def close(*windows: MonitorWindow) -> None:
            if loop is None:
                # Its tasks went with the test's loop; this one only sees the window off.
                asyncio.run(close_windows(*windows))
                return
            closing = loop.create_task(close_windows(*windows))
            try:
                wait_until(closing.done, _CLOSING_S, lambda: "The window's tasks do not end.")
            except TimeoutError:
                closing.cancel()  # the windows go all the same, or later tests would find them
                wait_until(closing.done, _CLOSING_S, lambda: "The window does not close.")
                raise
            closing.result()

        yield close


@contextmanager
def no_failed_tasks() -> Iterator[None]:
    """Raise AssertionError if a task of the block fails, and nobody asks for its outcome."""
    UNNOTICED.clear()
    try:
        yield
    finally:
        unnoticed = [*UNNOTICED]
        UNNOTICED.clear()
    for context in unnoticed:
        error = context.get("exception")
        raise AssertionError(f"{context.get('message')}: {error!r}") from error


def fresh_settings(folder: Path) -> Settings:
    """Return settings that nobody has changed yet, kept in `folder`."""
    return Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))


async def close_window(window: MonitorWindow) -> None:
    """Close `window` as the program does, and delete it.

    Raises AssertionError if a task or a timer of it goes on.
    """
    await close_windows(window)


async def close_windows(*windows: MonitorWindow) -> None:
    """Be `close_window`, for several windows that have one event loop."""
    timers = [timer for window in windows for timer in window.findChildren(QTimer)]
    going_on: set[asyncio.Task[object]] = set()
    try:
        for window in windows:
            window.close()
            await window.shutdown()
        going_on = asyncio.all_tasks() - {asyncio.current_task()}
    finally:
        for window in windows:
            window.deleteLater()
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    if going_on:
        raise AssertionError(f"The window is closed, but tasks go on: {going_on}.")
    if left := [timer for timer in timers if isValid(timer)]:
        raise AssertionError(f"The window is closed, but timers are still there: {left}.")
