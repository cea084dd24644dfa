"""What the plugin does with the tests that use the window."""

import asyncio
import inspect
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any

import pytest

from exlab_gui.system.display import has_display

if TYPE_CHECKING:  # of Qt, which a run may never need
    from exlab_gui.testing.driver import SessionMonitor
    from exlab_gui.testing.models.coverage import CoverageReport
    from exlab_gui.testing.tracing import Tracer
    from exlab_gui.testing.windows import Windows

_REPORTS = "exlab-gui-reports"
_PLATFORM_SAYS = "This plugin does not support"
_windows = pytest.StashKey["Windows"]()
_kept = pytest.StashKey[Callable[[], list[str]]]()
_tracer: "pytest.StashKey[Tracer]" = pytest.StashKey()


def prepare(config: pytest.Config, using: Iterable[pytest.Item]) -> None:
    """Draw offscreen if there is no display, and ignore the warnings of that platform.

    The processes of pytest-xdist always do: windows would take the focus from each other.
    """
    is_hidden = hasattr(config, "workerinput") and "QT_QPA_PLATFORM" not in os.environ
    if not has_display() or (is_hidden and not config.getoption("exlab_show")):
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
    from exlab_gui.testing.models.invariants import Invariants, invariants_of
    from exlab_gui.testing.tracing import Tracer
    from exlab_gui.testing.user_input import slowly
    from exlab_gui.testing.windows import opened_windows

    item: pytest.Item = request.node
    forget(item)
    if _kept in item.stash:
        del item.stash[_kept]
    if _tracer in item.stash:
        del item.stash[_tracer]
    coverage: CoverageReport | None = request.config.pluginmanager.get_plugin("exlab-gui-coverage")

    config = request.config
    tracer = None if config.getoption("exlab_trace") == "off" else Tracer(partial(_messages, item))
    slow_ms: int = config.getoption("exlab_slow")
    invariants = Invariants(invariants_of(item))

    @contextmanager
    def watch(monitor: "SessionMonitor") -> Iterator[None]:
        if slow_ms:
            monitor.observers.append(partial(slowly, slow_ms))
        if tracer is not None:
            tracer.watch(monitor)
        invariants.watch(monitor)
        with ExitStack() as stack:
            if coverage is not None:
                stack.enter_context(coverage.watching(monitor.window, item.nodeid))
            yield

    has_loop = inspect.iscoroutinefunction(request.function)
    folder = folders.mktemp("exlab-gui")
    with opened_windows(application, folder, watch, has_loop=has_loop) as windows:
        item.stash[_windows] = windows
        if tracer is not None:
            item.stash[_tracer] = tracer
        try:
            yield windows
            invariants.check()
        finally:
            del item.stash[_windows]
            with suppress(Exception):  # what a test did to its window
                item.stash[_kept] = capture(windows.monitors, item)
                if tracer is not None:
                    tracer.capture()


class _Reports:
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the artifacts of a test that failed, while its window is open or just closed."""
        report = yield
        _leave_out_platform(getattr(report.longrepr, "sections", []))
        kept = []
        for keep in (_keep_artifacts, _keep_trace):
            try:
                kept += keep(item, report)
            except Exception as error:  # a hook that raises would end the whole run
                kept.append(f"The artifacts were not kept: {error}")
        if kept:
            report.sections.append(("exlab-gui", "\n".join(kept)))
            report.user_properties[:] = item.user_properties
        if report.failed and item.config.getoption("exlab_pause") and _windows in item.stash:
            _pause(item)
        return report


def _keep_artifacts(item: pytest.Item, report: pytest.TestReport) -> list[str]:
    """Write the artifacts of a failed test, unless that has been done, and return their paths."""
    if not report.failed:
        return []
    if windows := item.stash.get(_windows, None):
        from exlab_gui.testing.artifacts import capture

        return capture(windows.monitors, item)()
    return item.stash[_kept]() if _kept in item.stash else []


def _keep_trace(item: pytest.Item, report: pytest.TestReport) -> list[str]:
    """Write the trace of a test that failed, or of one that is over if each is wanted."""
    tracer = item.stash.get(_tracer, None)
    is_over = item.config.getoption("exlab_trace") == "on" and report.when == "teardown"
    if tracer is None or not (report.failed or is_over):
        return []
    del item.stash[_tracer]  # the first failure is the one to look at
    from exlab_gui.testing.artifacts import DEFAULT_FOLDER, PREFIX, folder_of
    from exlab_gui.testing.tracing import NOWHERE, place_of, write_trace

    crash = getattr(report.longrepr, "reprcrash", None)
    place = place_of(crash.path, crash.lineno) if crash else NOWHERE
    failure = report.longreprtext if report.failed else ""
    trace = tracer.trace(item.nodeid, report.outcome, failure, place)
    folder = folder_of(item, DEFAULT_FOLDER)
    assert folder is not None
    paths = dict(zip(("trace", "trace_page"), write_trace(folder, trace), strict=True))
    linked = {f"{PREFIX}{name}": str(path) for name, path in paths.items()}
    item.user_properties[:] = {**dict(item.user_properties), **linked}.items()
    return list(linked.values())


def _messages(item: pytest.Item) -> list[str]:
    """Return what Qt has said so far in the test, but what is ignored."""
    records = getattr(getattr(item, "qt_log_capture", None), "records", [])
    return [f"{one.type_name}: {one.message}" for one in records if not one.ignored]


def _pause(item: pytest.Item) -> None:
    """Let the user look at the windows of a test that failed, until the first one is closed."""
    from exlab_gui.testing.loop import wait_until

    window = item.stash[_windows].monitors[0].window
    terminal = item.config.pluginmanager.get_plugin("terminalreporter")
    capture = item.config.pluginmanager.get_plugin("capturemanager")
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        if terminal is not None:
            terminal.write_line(f"\n{item.nodeid} failed. Close its window to go on.")
        wait_until(lambda: not window.isVisible(), inf, str)


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
