"""The base of the driver: it finds things in its window, and acts on them as a user does."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from exlab_gui.core.protocol.events import Event
from exlab_gui.models.session_model import SessionModel
from exlab_gui.testing.assertions import walk_lines
from exlab_gui.testing.errors import InvariantError, NotPossibleError
from exlab_gui.testing.locators import Q, find
from exlab_gui.testing.loop import apart_from_task
from exlab_gui.testing.user_input import activate, press_shortcut
from exlab_gui.window.monitor_window import MonitorWindow

A = TypeVar("A", bound="Acting")
D = TypeVar("D", bound=QDialog)
P = ParamSpec("P")
R = TypeVar("R")


class Call(NamedTuple):
    """A call of a driver's method by a test."""

    driver: "Acting"
    method: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __str__(self) -> str:
        given = [*map(repr, self.args), *(f"{key}={value!r}" for key, value in self.kwargs.items())]
        return f"{self.method}({', '.join(given)})"


Observer = Callable[[Call], AbstractContextManager[object]]
"""Surrounds each call of a test with a block."""


def acts(method: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
    """Let other tasks go on while `method` acts on the window, which it makes the active one.

    What comes from then on is what `waits` methods wait for. The traceback of an error that a test
    is to read ends in the test.
    """
    return _observed(method, waits=False)


def waits(method: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
    """Be like `acts`, for a method that waits for what comes of the last action."""
    return _observed(method, waits=True)


def _observed(
    method: Callable[Concatenate[A, P], R], *, waits: bool
) -> Callable[Concatenate[A, P], R]:
    @wraps(method)
    def act(self: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            with self._acting(Call(self, method.__name__, args, kwargs)):
                if not waits:
                    self._mark(self.session.count)
                return method(self, *args, **kwargs)
        except (NotPossibleError, TimeoutError) as error:
            raise error.with_traceback(None) from None
        except InvariantError as error:
            raise error.with_traceback(None) from error.__cause__

    return act


class Acting:
    """`observers` surround each call of a test."""

    def __init__(self, window: MonitorWindow) -> None:
        self.window = window
        self.observers: list[Observer] = []
        self._is_acting = False
        self._mark(0)

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
        if action.shortcut().isEmpty():
            action.trigger()
        else:
            press_shortcut(self.window, action)

    def _open_dialog(self, action: str, name: str, kind: type[D]) -> D:
        message = self._find(QLabel, "messageText")
        before = message.text()
        self._trigger(action)
        opened = any(dialog.isVisible() for dialog in self.window.findChildren(kind, name))
        # With the dialog there, the message is of something else, such as a question of a session.
        if not opened and message.isVisible() and message.text() != before:
            raise NotPossibleError(message.text())
        dialog = self._find(kind, name)
        activate(dialog)
        return dialog

    def _mark(self, count: int) -> None:
        """Take note that `count` events of the shown session were there before."""
        self._known = self.session.history, count

    def _news(self) -> Sequence[Event]:
        """Return the events since the last action of the session that is shown."""
        history, count = self._known
        session = self.session
        begun = count if history is session.history else 0
        return session.history[begun : session.shown_count]

    def _where(self, what: str) -> str:
        session = self.session
        playing = "playing" if session.playing else "not playing"
        walk = walk_lines(session.machine, session.history[: session.count])
        return "\n".join([what, f"{session.label} is in {self.state}, {playing}:", *walk])

    @contextmanager
    def _acting(self, call: Call) -> Iterator[None]:
        if self._is_acting:  # one method calls another
            yield
            return
        self._is_acting = True
        with ExitStack() as stack, apart_from_task():
            stack.callback(setattr, self, "_is_acting", False)
            if QApplication.activeModalWidget() is None:
                activate(self.window)
            for observer in self.observers:
                stack.enter_context(observer(call))
            try:
                yield
            finally:
                # What was closed is gone before the next thing of its name is looked for.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
