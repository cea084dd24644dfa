"""What the plugin does with the tests that use the window."""

import asyncio
import inspect
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

from exlab_gui.display import has_display

if TYPE_CHECKING:  # of Qt, which a run may never need
    from exlab_gui.testing.coverage_plugin import CoverageReport
    from exlab_gui.testing.driver import SessionMonitor
    from exlab_gui.testing.windows import Windows

_REPORTS = "exlab-gui-reports"
_PLATFORM_SAYS = "This plugin does not support"
_windows = pytest.StashKey["Windows"]()
_kept = pytest.StashKey[Callable[[], str]]()


def prepare(config: pytest.Config, using: Iterable[pytest.Item]) -> None:
    """Draw offscreen if there is no display, and ignore the warnings of that platform.

    The processes of pytest-xdist always do: windows would take the focus from each other.
    """
    in_parallel = hasattr(config, "workerinput")
    if not has_display() or (in_parallel and "QT_QPA_PLATFORM" not in os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for item in using:
        item.add_marker(pytest.mark.qt_log_ignore(_PLATFORM_SAYS, extend=True))
    if not config.pluginmanager.has_plugin(_REPORTS):
        config.pluginmanager.register(_Reports(), _REPORTS)


@contextmanager
def qt_loops(config: pytest.Config) -> Iterator[None]:
    """Have pytest-asyncio give tests that are collected now a loop that Qt drives.

    The hook is registered for them alone: it would change the loop of every other test.
    """
    loops = _QtLoops()
    config.pluginmanager.register(loops)
    try:
        yield
    finally:
        config.pluginmanager.unregister(loops)


@contextmanager
def windows_of(
    request: pytest.FixtureRequest, application: Any, folders: pytest.TempPathFactory
) -> "Iterator[Windows]":
    """Yield what opens windows for a test; close them at the end."""
    from exlab_gui.testing.artifacts import capture, forget
    from exlab_gui.testing.windows import opened_windows

    item: pytest.Item = request.node
    forget(item)
    if _kept in item.stash:
        del item.stash[_kept]
    coverage: CoverageReport | None = request.config.pluginmanager.get_plugin("exlab-gui-coverage")

    @contextmanager
    def watch(monitor: "SessionMonitor") -> Iterator[None]:
        with ExitStack() as stack:
            if coverage is not None:
                stack.enter_context(coverage.watching(monitor.window))
            yield

    has_loop = inspect.iscoroutinefunction(request.function)
    folder = folders.mktemp("exlab-gui")
    with opened_windows(application, folder, watch, has_loop=has_loop) as windows:
        item.stash[_windows] = windows
        try:
            yield windows
        finally:
            del item.stash[_windows]
            with suppress(Exception):  # what a test did to its window
                item.stash[_kept] = capture(windows.monitors, item)


class _Reports:
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the artifacts of a test that failed, while its window is open or just closed."""
        report = yield
        _leave_out_platform(getattr(report.longrepr, "sections", []))
        if report.failed:
            try:
                kept = _keep(item)
            except Exception as error:  # a hook that raises would end the whole run
                kept = f"The artifacts were not kept: {error}"
            if kept:
                report.sections.append(("exlab-gui", kept))
            report.user_properties[:] = item.user_properties
        return report


def _keep(item: pytest.Item) -> str:
    """Write the artifacts of `item`, unless that has been done, and return their paths."""
    if windows := item.stash.get(_windows, None):
        from exlab_gui.testing.artifacts import capture

        return capture(windows.monitors, item)()
    return item.stash[_kept]() if _kept in item.stash else ""


def _leave_out_platform(sections: list[tuple[str, str, str]]) -> None:
    """Leave out of a failure's sections what the offscreen platform says of itself."""
    for place, (title, text, mark) in enumerate(sections):
        lines = [line for line in text.split("\n") if _PLATFORM_SAYS not in line]
        sections[place] = title, "\n".join(lines), mark
    sections[:] = [section for section in sections if section[1]]


class _QtLoops:
    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_asyncio_loop_factories(
        self,
    ) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
        from exlab_gui.testing.loop import qt_loop

        return {"qt": qt_loop}
