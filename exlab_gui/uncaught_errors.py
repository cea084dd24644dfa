"""One place where everything unforeseen arrives: it is logged, and the user is told once."""

import asyncio
import logging
import sys
import threading
from types import TracebackType
from typing import Any, Self

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from exlab_gui.core.text.translation import tr

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")


class SafetyNet(QObject):
    """Takes what nobody else took, for as long as the context lasts.

    These are exceptions in slots, threads, callbacks and tasks of the event loop, those that Python
    can raise nowhere, and Qt's own messages. `caught` tells the user, with one sentence, of each
    exception that did not come before.
    """

    caught = Signal(str)

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self._told: set[tuple[str, str]] = set()

    def __enter__(self) -> Self:
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        sys.unraisablehook = self._take_unraisable
        self._loop.set_exception_handler(self._take_from_loop)
        self._qt_before = qInstallMessageHandler(_take_qt_message)
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        self._loop.set_exception_handler(None)
        qInstallMessageHandler(self._qt_before)

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("Not foreseen: %s", error, exc_info=(kind, error, trace))
        self._tell(error)

    def _take_from_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None and not issubclass(given.exc_type, SystemExit):
            self._take(given.exc_type, given.exc_value, given.exc_traceback)

    def _take_unraisable(self, given: "sys.UnraisableHookArgs") -> None:
        error = given.exc_value
        _log.error("%s: %r", given.err_msg or "Not foreseen", given.object, exc_info=error)
        if error is not None:
            self._tell(error)

    def _take_from_loop(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        _log.error("%s: %s", context.get("message"), error, exc_info=error)
        if isinstance(error, BaseException):
            self._tell(error)

    def _tell(self, error: BaseException) -> None:
        """Tell the user, unless the same went wrong at the same place before."""
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        what = (type(error).__name__, where)
        if what not in self._told:
            self._told.add(what)
            self.caught.emit(
                tr(
                    "Something went wrong ({kind}). Details are in the log: Help, Open log folder.",
                    kind=type(error).__name__,
                )
            )


def _take_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category = getattr(context, "category", None)
    _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", category or "default", message)
