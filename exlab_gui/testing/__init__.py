"""A pytest plugin: a driver for the window, and assertions about sessions.

``docs/testing.md`` describes it. Every other suite of tests loads it too: what it needs is imported
once a test asks for the window.
"""

import os
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from exlab_gui.testing.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from exlab_gui.demo_server.server import DemoServer
    from exlab_gui.testing.assertions import (
        assert_causes,
        assert_conforms,
        assert_emitted,
        assert_visited,
    )
    from exlab_gui.testing.driver import SessionMonitor
    from exlab_gui.testing.models.invariants import invariant
    from exlab_gui.testing.models.rules import SessionRules
    from exlab_gui.testing.models.tours import tours
    from exlab_gui.testing.windows import Windows
    from exlab_gui.testing.wizard import Wizard

__all__ = [
    "NotPossibleError",
    "SessionRules",
    "assert_causes",
    "assert_conforms",
    "assert_emitted",
    "assert_visited",
    "invariant",
    "tours",
]

_FIXTURE = "session_monitor"
_HOMES = {"SessionRules": "models.rules", "invariant": "models.invariants", "tours": "models.tours"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = _HOMES.get(name, "assertions")
    return getattr(import_module(f"exlab_gui.testing.{home}"), name)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("exlab-gui")
    group.addoption(
        "--exlab-report",
        metavar="DIR",
        type=Path,
        help=f"Keep recording, picture and diagram of each failing test with {_FIXTURE} in DIR.",
    )
    group.addoption(
        "--exlab-trace",
        choices=["off", "on", "retain-on-failure"],
        default="off",
        help="Keep a trace of each test, or of each failing one: the steps with pictures, in the "
        "folder of --exlab-report, or in exlab-report.",
    )
    group.addoption(
        "--exlab-show",
        action="store_true",
        help="Show windows on the display, also in the processes of pytest-xdist.",
    )
    group.addoption(
        "--exlab-slow",
        metavar="MS",
        type=int,
        default=0,
        help="Wait for so many milliseconds before each step, to watch a test.",
    )
    group.addoption(
        "--exlab-pause",
        action="store_true",
        help="Keep the window of a test that failed open until it is closed by hand.",
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
    group.addoption(
        "--exlab-cov-report",
        metavar="FILE",
        action="append",
        type=_coverage_file,
        help="Count as --exlab-coverage does, and write FILE, for each test too: JSON, which "
        "`exlab-gui coverage` merges, or a page with the diagram (.html).",
    )
    group.addoption(
        "--exlab-wizard",
        metavar="URL",
        default=os.environ.get("EXLAB_WIZARD_URL"),
        help="The ExLab-Wizard on which exlab_wizard opens sessions; by default EXLAB_WIZARD_URL.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker; count if --exlab-coverage is given. Raises UsageError."""
    for option in ("exlab_show", "exlab_pause"):
        if config.getoption(option):
            _need_display(f"--{option.replace('_', '-')}")
    config.addinivalue_line(
        "markers",
        f"exlab(scenario, machine, recording, server, theme, size): what {_FIXTURE} shows.",
    )
    if not any(map(config.pluginmanager.hasplugin, ("pytest-qt", "pytestqt.plugin"))):
        config.pluginmanager.register(_WithoutPytestQt())
        config.addinivalue_line("markers", "qt_log_ignore: a marker of pytest-qt.")
    fail_under = config.getoption("exlab_cov_fail_under")
    files = config.getoption("exlab_cov_report")
    if config.getoption("exlab_coverage") or fail_under is not None or files:
        from exlab_gui.testing.models.coverage import CoverageReport

        config.pluginmanager.register(CoverageReport(fail_under, files or ()), CoverageReport.NAME)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> "Generator[None]":
    """Have pytest-asyncio give a coroutine test that uses the window a loop that Qt drives."""
    if "_exlab_windows" not in metafunc.fixturenames:
        return (yield)
    from exlab_gui.testing.hooks import qt_loops

    with qt_loops(metafunc.config):
        return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Prepare tests that use the window."""
    using = [item for item in items if "_exlab_windows" in getattr(item, "fixturenames", ())]
    if using:
        from exlab_gui.testing import hooks

        hooks.prepare(config, using)


@pytest.fixture(scope="session")
def _exlab_platform(pytestconfig: pytest.Config) -> None:
    from exlab_gui.testing import hooks

    hooks.prepare(pytestconfig, [])


@pytest.fixture
def _exlab_windows(
    request: pytest.FixtureRequest,
    _exlab_platform: None,
    qapp: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> "Iterator[Windows]":
    if not any(kind.__module__.startswith("PySide6") for kind in type(qapp).__mro__):
        pytest.fail(f"{_FIXTURE} needs PySide6: set qt_api to pyside6.", pytrace=False)
    from exlab_gui.testing.hooks import windows_of

    with windows_of(request, qapp, tmp_path_factory) as windows:
        yield windows


@pytest.fixture
def session_monitor(request: pytest.FixtureRequest, _exlab_windows: "Windows") -> "SessionMonitor":
    """Return a driver of a window on a new simulated session, with default settings.

    The marker ``exlab`` has it show something else. Afterwards the window is closed; the test fails
    if a task, a timer or a widget of it is left.
    """
    marker = request.node.get_closest_marker("exlab")
    if marker is None:
        return _exlab_windows.open()
    return _exlab_windows.open_as_marked(*marker.args, **marker.kwargs)


@pytest.fixture
def open_session_monitor(_exlab_windows: "Windows") -> Any:
    """Return a function that opens a further window, and returns its driver.

    Its arguments are those of the marker ``exlab``.
    """
    return _exlab_windows.open


@pytest.fixture
def exlab_demo_server(_exlab_windows: "Windows") -> "DemoServer":
    """Return a demo server in the event loop of the test, which starts with its first use."""
    return _exlab_windows.demo_server()


@pytest.fixture
def exlab_wizard(pytestconfig: pytest.Config) -> "Iterator[Wizard]":
    """Yield a running ExLab-Wizard, to open sessions on it; without one, the test is skipped."""
    url = pytestconfig.getoption("exlab_wizard")
    if not url:
        pytest.skip("No ExLab-Wizard is named: give --exlab-wizard or set EXLAB_WIZARD_URL.")
    from exlab_gui.testing.wizard import connected

    with connected(url) as wizard:
        yield wizard


class _WithoutPytestQt:
    @pytest.fixture
    def qapp(self) -> None:
        pytest.fail(f"{_FIXTURE} needs the plugin pytest-qt, which is not loaded.", pytrace=False)


def _need_display(option: str) -> None:
    from exlab_gui.system.display import has_display

    if not has_display():
        raise pytest.UsageError(f"{option} needs a display.")


def _percent(text: str) -> float:
    percent = float(text)
    if not 0 <= percent <= 100:
        raise ArgumentTypeError(f"{text} is not between 0 and 100")
    return percent


def _coverage_file(text: str) -> Path:
    if not text.lower().endswith((".json", ".html", ".htm")):
        raise ArgumentTypeError(f"{text} does not end in .json or .html")
    return Path(text)
