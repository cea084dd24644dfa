"""A pytest plugin: a driver for the window, and assertions about sessions.

``docs/testing.md`` describes it. Qt is imported once a test asks for the window.
"""

import asyncio
import inspect
import os
from argparse import ArgumentTypeError
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from exlab_gui.display import has_display
from exlab_gui.testing.assertions import (
    assert_causes,
    assert_conforms,
    assert_emitted,
    assert_visited,
)
from exlab_gui.testing.errors import NotPossibleError

if TYPE_CHECKING:
    from exlab_gui.testing.coverage_plugin import CoverageReport
    from exlab_gui.testing.driver import SessionMonitor

__all__ = [
    "NotPossibleError",
    "assert_causes",
    "assert_conforms",
    "assert_emitted",
    "assert_visited",
]

_FIXTURE = "session_monitor"
_monitor = pytest.StashKey["SessionMonitor"]()
_coverage: pytest.StashKey["CoverageReport"] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("exlab-gui")
    group.addoption(
        "--exlab-report",
        metavar="DIR",
        type=Path,
        help=f"Keep recording, picture and diagram of each failing test with {_FIXTURE} in DIR.",
    )
    group.addoption(
        "--exlab-coverage",
        action="store_true",
        help=f"Tell how often the sessions of {_FIXTURE} took each state and each transition.",
    )
    group.addoption(
        "--exlab-cov-fail-under",
        metavar="N",
        type=_percent,
        help="Count as --exlab-coverage does, and fail if fewer than N %% of the states or of "
        "the transitions were taken.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Count if --exlab-coverage is given; make the fixture fail if pytest-qt is missing."""
    if not any(map(config.pluginmanager.hasplugin, ("pytest-qt", "pytestqt.plugin"))):
        config.pluginmanager.register(_WithoutPytestQt())
        config.addinivalue_line("markers", "qt_log_ignore: a marker of pytest-qt.")
    fail_under = config.getoption("exlab_cov_fail_under")
    if config.getoption("exlab_coverage") or fail_under is not None:
        from exlab_gui.testing.coverage_plugin import CoverageReport

        config.stash[_coverage] = CoverageReport(fail_under)
        config.pluginmanager.register(config.stash[_coverage])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Draw offscreen if there is no display, and ignore the warnings of that platform."""
    using = [item for item in items if _FIXTURE in getattr(item, "fixturenames", ())]
    if using and not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for item in using:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> Generator[None]:
    """Have pytest-asyncio give a coroutine test that uses the window a loop that Qt drives.

    The hook is registered for this test alone: it would change the loop of every other one.
    """
    if _FIXTURE not in metafunc.fixturenames:
        return (yield)
    loops = _QtLoops()
    metafunc.config.pluginmanager.register(loops)
    try:
        return (yield)
    finally:
        metafunc.config.pluginmanager.unregister(loops)


@pytest.fixture
def session_monitor(
    request: pytest.FixtureRequest, qapp: Any, tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[SessionMonitor]":
    """Yield a driver of a window on a new simulated session, with default settings.

    Afterwards the window is closed; the test fails if a task, a timer or a widget is left.
    """
    if not any(kind.__module__.startswith("PySide6") for kind in type(qapp).__mro__):
        pytest.fail(f"{_FIXTURE} needs PySide6: set qt_api to pyside6.", pytrace=False)
    from exlab_gui.testing.artifacts import kept_on_error
    from exlab_gui.testing.driver import SessionMonitor
    from exlab_gui.testing.lifecycle import opened_window

    has_loop = inspect.iscoroutinefunction(request.function)
    folder = tmp_path_factory.mktemp("exlab-gui")
    coverage = request.config.stash.get(_coverage, None)
    with (
        kept_on_error(request.node) as keep,
        opened_window(qapp, folder, has_loop=has_loop) as window,
        coverage.watching(window) if coverage else nullcontext(),
    ):
        monitor = SessionMonitor(window)
        request.node.stash[_monitor] = monitor
        yield monitor
        del request.node.stash[_monitor]
        keep(monitor)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep the artifacts of a test that failed, while its window is still open."""
    report = yield
    if report.failed and (monitor := item.stash.get(_monitor, None)):
        from exlab_gui.testing.artifacts import capture

        try:
            kept = capture(monitor, item)()
        except Exception as error:  # a hook that raises would end the whole run
            kept = f"The artifacts were not kept: {error}"
        if kept:
            report.sections.append(("exlab-gui", kept))
            report.user_properties[:] = item.user_properties
    return report


class _QtLoops:
    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_asyncio_loop_factories(
        self,
    ) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
        from exlab_gui.testing.loop import qt_loop

        return {"qt": qt_loop}


class _WithoutPytestQt:
    @pytest.fixture
    def qapp(self) -> None:
        pytest.fail(f"{_FIXTURE} needs the plugin pytest-qt, which is not loaded.", pytrace=False)


def _percent(text: str) -> float:
    percent = float(text)
    if not 0 <= percent <= 100:
        raise ArgumentTypeError(f"{text} is not between 0 and 100")
    return percent
