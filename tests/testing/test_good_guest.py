"""A project that never uses the window runs the same whether the plugin is installed or not."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.subprocesses import ONLY, run_pytest

OFF = ("-p", "no:exlab_gui.testing")
ALL = {"plugins": (), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": ""}
FOREIGN = """
import asyncio, gc, threading, pytest

@pytest.fixture
async def answer():
    await asyncio.sleep(0)
    return 42

@pytest.mark.asyncio
async def test_coroutine():
    await asyncio.sleep(0)

async def test_unmarked_coroutine(answer):
    assert answer == 42

@pytest.mark.slow
@pytest.mark.parametrize("n", [1, 2])
def test_fails(n):
    assert n == 1

def test_threads():
    threads = [threading.Thread(target=gc.collect) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()

def test_modules():
    import sys
    assert "exlab_gui.window" not in sys.modules
"""
LOOPS = """
import asyncio
class Loop(asyncio.SelectorEventLoop): pass
def pytest_asyncio_loop_factories(config, item):
    return {"own": Loop}
"""
WINDOW = """
import asyncio
async def test_window(session_monitor):
    session_monitor.play("happy_path")
    session_monitor.wait_for("done")
async def test_other():
    assert type(asyncio.get_running_loop()).__name__ == "Loop"
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return the folder of a project that has nothing to do with this one."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    slow: takes long\n")
    (tmp_path / "test_foreign.py").write_text(FOREIGN)
    return tmp_path


def results(folder: Path, *options: str) -> list[str]:
    """Return what came of each test, and of the run."""
    told = run_pytest(folder, "-rA", "-p", "no:randomly", *options, **ALL)
    return re.findall(r"^=*((?:[A-Z]+ \S+::|exit code| \d+ \w+, ).*?)(?: in \d.*)?$", told, re.M)


@pytest.mark.parametrize(
    ("options", "conftest"),
    [
        (("--strict-markers", "-p", "no:anyio", "-o", "asyncio_mode=strict"), ""),
        (("--strict-markers", "-o", "asyncio_mode=auto"), LOOPS),
        (("-p", "no:asyncio", "-p", "no:pytest-qt"), ""),
    ],
    ids=["strict", "auto", "bare"],
)
def test_a_foreign_suite_has_the_same_results(
    foreign: Path, options: tuple[str, ...], conftest: str
) -> None:
    """With coroutines, markers, threads, failures, and loop factories of its own or none."""
    (foreign / "conftest.py").write_text(conftest)
    found = results(foreign, *options)
    assert any(line.startswith("PASSED") and "test_threads" in line for line in found)
    assert found == results(foreign, *options, *OFF)


def test_the_help_is_printed(foreign: Path) -> None:
    """It has the options of the plugin."""
    told = run_pytest(foreign, "--help", **ALL)
    assert "fewer than N % of the states" in " ".join(told.split())
    assert told.endswith("exit code 0")


def test_a_coroutine_test_of_the_window_has_its_loop_among_others(tmp_path: Path) -> None:
    """The window's test has a loop that Qt drives; every other the one of the project."""
    (tmp_path / "conftest.py").write_text(LOOPS)
    (tmp_path / "test_window.py").write_text(WINDOW)
    told = run_pytest(tmp_path, "-o", "asyncio_mode=auto", plugins=(*ONLY, "pytest_asyncio.plugin"))
    assert "2 passed" in told


def test_without_pytest_qt_the_reason_is_told(tmp_path: Path) -> None:
    """A test of the window says what is missing; the others run."""
    (tmp_path / "test_window.py").write_text(
        "def test_window(session_monitor): pass\ndef test_other(): pass\n"
    )
    told = run_pytest(tmp_path, "--strict-markers", "-W", "error", plugins=ONLY[1:])
    assert "session_monitor needs the plugin pytest-qt" in told
    assert "1 passed, 1 error" in told


def test_another_binding_than_pyside6_is_refused(tmp_path: Path) -> None:
    """The reason is told before both bindings are loaded, which crashes."""
    (tmp_path / "test_window.py").write_text(
        "import pytest\n@pytest.fixture\ndef qapp(): pass\ndef test_window(session_monitor): pass\n"
    )
    assert "session_monitor needs PySide6: set qt_api to pyside6." in run_pytest(tmp_path)


ANYIO = """
import pytest
from exlab_gui.testing.loop import qt_loop

pytestmark = pytest.mark.anyio

@pytest.fixture(params=[("asyncio", {"loop_factory": qt_loop}), "asyncio", "trio"])
def anyio_backend(request):
    return request.param

async def test_window(session_monitor):
    session_monitor.play("happy_path")
    session_monitor.wait_for("done")
"""


def test_anyio_runs_tests_of_the_window(tmp_path: Path) -> None:
    """If its backend has a loop that Qt drives; else the test is told how to get one."""
    pytest.importorskip("anyio")
    (tmp_path / "test_window.py").write_text(ANYIO)
    told = run_pytest(tmp_path, plugins=(*ONLY, "anyio.pytest_plugin"))
    assert "1 passed" in told
    assert "qt_loop as the loop_factory of its backend" in told


def test_the_plugin_is_loaded_at_once() -> None:
    """No module of the program is imported for a suite that does not use it."""
    code = "import sys, pytest; before = {*sys.modules}; import exlab_gui.testing; "
    code += "print(*({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = {"exlab_gui", "exlab_gui.testing", "exlab_gui.testing.errors"}
    assert set(done.stdout.split()) <= names
