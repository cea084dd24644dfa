"""Invariants of sessions, which are checked after every event."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, TypeVar

import pytest

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.testing.assertions import walk_lines
from exlab_gui.testing.errors import InvariantError

if TYPE_CHECKING:  # of Qt, which a test that only has invariants does not need
    from exlab_gui.models.session_model import SessionModel
    from exlab_gui.testing.driver import SessionMonitor
    from exlab_gui.testing.driver.acting import Call

_MARK = "_exlab_invariant"


@dataclass(frozen=True, repr=False)
class Moment:
    """A session just after an event; all assertions take it."""

    label: str
    machine: StateMachine
    history: Sequence[Event]

    def __repr__(self) -> str:
        return f"<{self.label} after event {self.event.seq}: {self.state}>"

    @property
    def event(self) -> Event:
        return self.history[-1]

    @property
    def state(self) -> str:
        return self.event.state


Check = Callable[[Moment], object]
C = TypeVar("C", bound=Check)


def invariant(check: C) -> C:
    """Have `check` called after every event of each session of a test's windows.

    It raises AssertionError if the session, as it was at that moment, is not as it has to be. It
    holds for the tests of its module, or of its class; from a ``conftest.py``, for the folder's.
    """
    setattr(check, _MARK, True)
    return check


def invariants_of(item: pytest.Item) -> list[Check]:
    """Return the invariants of the class and the module of a test, and of folders around it."""
    modules = [getattr(item, "module", None), *item.config.pluginmanager.get_plugins()]
    around = [one for one in modules if isinstance(one, ModuleType) and _is_around(one, item)]
    found = [one for module in around for one in _marked(module).values()]
    instance = getattr(item, "instance", None)
    names = dict.fromkeys(name for kind in type(instance).__mro__ for name in _marked(kind))
    return list(dict.fromkeys([*found, *(getattr(instance, name) for name in names)]))


def _marked(place: object) -> dict[str, Check]:
    """Return the invariants in a module or class; other things in it are not asked anything."""
    named = vars(place).items()
    return {name: one for name, one in named if type(one) is FunctionType and _MARK in vars(one)}


def _is_around(module: ModuleType, item: pytest.Item) -> bool:
    file = Path(module.__file__ or "")
    return file.name != "conftest.py" or file.parent in item.path.parents


class Invariants:
    """Checks the sessions of windows, each event once; the first failure is the only one."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self._checks = list(checks)
        self._monitors: list[SessionMonitor] = []
        self._checked: dict[int, tuple[Sequence[Event], int]] = {}

    def watch(self, monitor: "SessionMonitor") -> None:
        """Check the sessions of `monitor` after each of its calls that does not raise."""
        if self._checks:
            self._monitors.append(monitor)
            monitor.observers.append(self._after)
            self.check()

    def check(self) -> None:
        """Check the events since the last time. Raises InvariantError."""
        __tracebackhide__ = True
        for monitor in self._monitors:
            for session in monitor.window.sessions.open_sessions:
                self._check(session)

    @contextmanager
    def _after(self, _call: "Call") -> Iterator[None]:
        __tracebackhide__ = True
        yield
        self.check()

    def _check(self, session: "SessionModel") -> None:
        __tracebackhide__ = True
        if session.traits.origin == "recorded":  # of another program, perhaps
            return
        history = session.history
        known, count = self._checked.get(id(session), (history, 0))
        if known is not history:  # it began anew
            count = 0
        self._checked[id(session)] = history, len(history)
        for place in range(count, len(history)):
            moment = Moment(session.label, session.machine, history[: place + 1])
            for check in self._checks:
                try:
                    check(moment)
                except AssertionError as error:
                    self._checks = []
                    raise InvariantError(_failure(check, moment, error)) from error


def _failure(check: Check, moment: Moment, error: AssertionError) -> str:
    name = getattr(check, "__name__", repr(check))
    event = moment.event
    lines = [f"{name} does not hold after event {event.seq} of {moment.label}: {event.state}."]
    lines += str(error).splitlines()
    return "\n".join([*lines, *walk_lines(moment.machine, moment.history)])
