"""The windows of one test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from exlab_gui.app import open_window
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.machines import load_machine
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.testing.driver.playing import Playable
from exlab_gui.testing.lifecycle import (
    applied_theme,
    closing_in_loop,
    fresh_settings,
    made_ready,
    no_failed_tasks,
    no_widgets_left,
)
from exlab_gui.theme.theme import Theme, ThemeChoice

if TYPE_CHECKING:
    from exlab_gui.demo_server.server import DemoServer
    from exlab_gui.testing.lazy_server import LazyServer

Watch = Callable[[SessionMonitor], AbstractContextManager[object]]


class Windows:
    """Opens windows; `monitors` are their drivers. `watch` surrounds the life of each one."""

    def __init__(self, theme: Theme, folder: Path, watch: Watch, stack: ExitStack) -> None:
        self.monitors: list[SessionMonitor] = []
        self.servers: list[LazyServer] = []
        self._theme = theme
        self._folder = folder
        self._watch = watch
        self._stack = stack

    def open(
        self,
        *,
        scenario: Playable | None = None,
        machine: StateMachine | str | Path | None = None,
        recording: str | Path | None = None,
        server: "str | DemoServer | None" = None,
        theme: str | None = None,
        size: tuple[int, int] | None = None,
    ) -> SessionMonitor:
        """Open a window, and return its driver.

        The window shows a new session of `machine` (a module, a file or a machine), for which
        `scenario` is chosen; or it opens `recording`; or it connects to `server`, an address or a
        demo server. `theme` is that of all windows, ``light`` unless it is given. Raises ValueError
        for a theme that is not known, and for a size that is not two numbers.
        """
        if theme is not None and theme not in tuple(ThemeChoice):
            raise ValueError(unknown_name_message(theme, ThemeChoice, "a theme"))
        width, height = _two_numbers(size) if size is not None else (0, 0)
        if isinstance(machine, str | Path):
            machine = load_machine(str(machine))
        if theme is not None:
            self._theme.choose(theme)
            self._theme.finish()
        settings = fresh_settings(self._folder / str(len(self.monitors)))
        window = open_window(settings, self._theme, None, machine or CREATION_MACHINE)
        if size is not None:
            window.resize(width, height)
        window.show()
        monitor = SessionMonitor(window)
        self.monitors.append(monitor)
        self._stack.enter_context(self._watch(monitor))
        if scenario is not None:
            monitor.choose(scenario)
        if recording is not None:
            monitor.open(recording)
        if server is not None:
            monitor.connect(server)
        return monitor

    def open_as_marked(self, *values: object, **wanted: Any) -> SessionMonitor:
        """Open a window as the marker ``exlab`` says, which was given these arguments.

        Raises ValueError for those that it does not have.
        """
        known = list(signature(self.open).parameters)
        if values:
            raise ValueError(f"exlab takes its arguments by name: {', '.join(known)}.")
        for name in wanted:
            if name not in known:
                raise ValueError(unknown_name_message(name, known, "an argument of exlab"))
        return self.open(**wanted)

    def demo_server(self) -> "LazyServer":
        """Return a server that starts with its first use."""
        from exlab_gui.testing.lazy_server import LazyServer  # most tests need none

        self.servers.append(LazyServer())
        return self.servers[-1]


def _two_numbers(size: tuple[int, int]) -> tuple[int, int]:
    match size:
        case (int(width), int(height)) if width > 0 and height > 0:
            return width, height
    raise ValueError(f"size is {size!r}; it has to be the width and the height in pixels.")


@contextmanager
def opened_windows(
    application: QApplication, folder: Path, watch: Watch, *, has_loop: bool
) -> Iterator[Windows]:
    """Yield what opens windows, with settings in `folder`, and close them at the end.

    `has_loop` says that the test brings an event loop of its own, as coroutine tests do. Raises
    AssertionError if a task fails, or if closing the windows leaves a task, a timer or a widget.
    """
    with (
        no_failed_tasks(),
        made_ready(application),
        no_widgets_left(),
        applied_theme(application) as theme,
        closing_in_loop(has_loop=has_loop) as close,
    ):
        watches = ExitStack()
        windows = Windows(theme, folder, watch, watches)
        try:
            with watches:
                yield windows
        finally:
            for server in windows.servers:
                server.end()
            close(*(monitor.window for monitor in windows.monitors))
