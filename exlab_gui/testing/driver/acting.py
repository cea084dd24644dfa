"""The base of the driver: it finds things in its window, and acts on them as a user does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel

from exlab_gui.models.session_model import SessionModel
from exlab_gui.testing.assertions import walk_lines
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.locators import Q, find
from exlab_gui.testing.loop import apart_from_task
from exlab_gui.testing.user_input import activate, press_shortcut
from exlab_gui.window.monitor_window import MonitorWindow

A = TypeVar("A", bound="Acting")
D = TypeVar("D", bound=QDialog)
P = ParamSpec("P")
R = TypeVar("R")


def acts(method: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
    """Let other tasks go on while `method` acts on the window, which it makes the active one.

    The traceback of an error that a test is to read ends in the test.
    """

    @wraps(method)
    def act(self: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            with self._acting():
                return method(self, *args, **kwargs)
        except (NotPossibleError, TimeoutError) as error:
            raise error.with_traceback(None) from None

    return act


class Acting:
    def __init__(self, window: MonitorWindow) -> None:
        self.window = window

    @property
    def session(self) -> SessionModel:
        """The session that the window shows."""
        return self.window.session

    @property
    def state(self) -> str:
        """The state that the window shows."""
        return self._find(QLabel, "currentStateLabel").text()

    def _find(self, kind: type[Q], name: str) -> Q:
        return find(self.window, kind, name)

    def _trigger(self, name: str) -> None:
        action = self._find(QAction, name)
        if not action.isEnabled():
            raise NotPossibleError(action.statusTip())
        press_shortcut(self.window, action)

    def _open_dialog(self, action: str, name: str, kind: type[D]) -> D:
        message = self._find(QLabel, "messageText")
        before = message.text()
        self._trigger(action)
        if message.isVisible() and message.text() != before:
            raise NotPossibleError(message.text())
        dialog = self._find(kind, name)
        activate(dialog)
        return dialog

    def _where(self, what: str) -> str:
        session = self.session
        playing = "playing" if session.playing else "not playing"
        walk = walk_lines(session.machine, session.history[: session.count])
        return "\n".join([what, f"{session.label} is in {self.state}, {playing}:", *walk])

    @contextmanager
    def _acting(self) -> Iterator[None]:
        with apart_from_task():
            activate(self.window)
            try:
                yield
            finally:
                # What was closed is gone before the next thing of its name is looked for.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
