"""What every test runs under: no display, profiles for hypothesis, event loop, garbage."""

import asyncio
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from exlab_gui.garbage import collect_due
from exlab_gui.overrides import survive_exceptions
from tests.helpers import wine

# A project of its own, which tests of the plugin run.
collect_ignore = ["sample_project"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["EXLAB_LANGUAGE"] = "en"  # whatever that of the system is
# The programs that tests start would otherwise compile all that they import, each time anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Nobody's server is found here, nobody's log is read, and nobody's archive is read or written.
_NOBODY = Path(tempfile.gettempdir(), "exlab-gui-tests")
for _kind in ("STATE", "DATA", "CACHE"):
    os.environ[f"XDG_{_kind}_HOME"] = str(_NOBODY / f"no-{_kind.lower()}")
os.environ["EXLAB_ARCHIVE"] = str(_NOBODY / "no-archive")
os.environ["EXLAB_ARCHIVE_INDEX"] = str(_NOBODY / "no-index")
if sys.platform == "win32":  # and Qt draws offscreen with fonts that it is shown
    os.environ["LOCALAPPDATA"] = str(_NOBODY / "no-state")
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ["SYSTEMROOT"], "Fonts")))
# In the checkout, .hypothesis would be looked through for tests, which hypothesis warns of.
_CACHE = Path(__file__).parents[1] / ".pytest_cache" / "hypothesis"
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(_CACHE))

# No deadline: the machines that run the tests are shared, and no test asserts a time.
settings.register_profile("local", max_examples=20, deadline=None)
settings.register_profile(
    "ci", settings.get_profile("local"), max_examples=60, derandomize=True, database=None
)
# `--hypothesis-profile=few`: for another Python or system, on which the code is the same.
settings.register_profile("few", settings.get_profile("ci"), max_examples=5)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_configure() -> None:
    """Collect no garbage within a test: a thread of it would destroy what Qt has in another."""
    gc.disable()


@pytest.fixture(autouse=True, scope="session")
def _surviving() -> None:
    """Have a fault in a widget fail its test, and not end the run."""
    survive_exceptions()


def pytest_collection_finish() -> None:
    """Have no collection look at the modules and tests that stay until the end."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Collect it between the tests, in the thread that Qt is in."""
    gc.disable()
    collect_due()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under wine, skip what needs more of Windows than wine has."""
    if wine.is_here():
        for item in items:
            if why := wine.lacking(item.nodeid):
                item.add_marker(pytest.mark.skip(reason=f"wine: {why}"))


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Give a coroutine test that asks for Qt a loop that Qt drives, and every other a plain one."""
    if {"qapp", "qtbot"} & set(item.fixturenames):
        return {"qt": _qt_loop}
    return {"asyncio": asyncio.new_event_loop}


def _qt_loop() -> asyncio.AbstractEventLoop:
    from exlab_gui.testing.loop import qt_loop  # only tests that ask for Qt import it

    return qt_loop()
