"""The ground that the other tests stand on."""

import asyncio
import os

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication


async def test_a_coroutine_test_that_asks_for_qt_runs_on_qts_loop(qapp):
    """A coroutine test with a Qt fixture gets a qasync loop, on which Qt's own timers fire."""
    assert isinstance(asyncio.get_running_loop(), qasync.QEventLoop)
    fired = asyncio.get_running_loop().create_future()
    QTimer.singleShot(0, lambda: fired.set_result("fired"))
    assert await fired == "fired"


async def test_any_other_coroutine_test_runs_without_qt():
    """A coroutine test without a Qt fixture gets a plain event loop."""
    assert not isinstance(asyncio.get_running_loop(), qasync.QEventLoop)


def test_no_display_is_needed(qapp):
    """Where nothing else is asked for, Qt draws on no display."""
    assert QGuiApplication.platformName() == os.environ["QT_QPA_PLATFORM"]
