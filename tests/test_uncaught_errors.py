"""Whatever nobody foresaw is logged, told to the user once, and ends nothing."""

import asyncio
import gc
import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer, qWarning

from exlab_gui.uncaught_errors import SafetyNet


@pytest.fixture
async def told(qapp: object) -> Iterator[list[str]]:
    """Yield what the user is told, by a net under everything."""
    sentences: list[str] = []
    with SafetyNet(asyncio.get_running_loop()) as net:
        net.caught.connect(sentences.append)
        yield sentences


def fail() -> None:
    """Raise, always at the same place."""
    raise KeyError("operations")


async def in_a_slot() -> None:
    QTimer.singleShot(0, fail)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def in_a_thread() -> None:
    await asyncio.get_running_loop().run_in_executor(None, _raise_in_thread)


def _raise_in_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


async def in_a_task() -> None:
    task = asyncio.ensure_future(_fail_later())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()


async def _fail_later() -> None:
    fail()


async def in_a_callback() -> None:
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def nowhere() -> None:
    class Odd:
        def __del__(self) -> None:
            fail()

    Odd()


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("where", [in_a_slot, in_a_thread, in_a_task, in_a_callback, nowhere])
async def test_every_exception_arrives(where, told: list[str], caplog) -> None:
    """It is in the log with its traceback; of the same at the same place the user hears once."""
    await where()
    await where()
    assert [record.exc_info[0] for record in caplog.records] == [KeyError, KeyError]
    (sentence,) = told
    assert sentence.startswith("Something went wrong (KeyError).")


async def test_qt_speaks_in_the_log(told: list[str], caplog) -> None:
    """A warning of Qt's is logged as one; it is nothing that the user can act on."""
    with caplog.at_level(logging.WARNING, "qt"):
        qWarning("no such font")
    assert "no such font" in caplog.text
    assert told == []
