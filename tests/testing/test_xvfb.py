"""The driver on a real X display, where popups and dialogs are windows of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SAME_EVERYWHERE = (
    "unknown_names",
    "waiting",
    "while_waiting",
    "before_the_wait",
    "value",
    "mapping",
)
"""Parts of the names of tests that open no popup and no dialog, or the same one as another."""


@pytest.fixture
def display() -> Iterator[str]:
    """Yield the name of a display of our own."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is not installed")
    command = [program, "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def run(display: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run ``python <args>`` on `display`."""
    return subprocess.run(
        [sys.executable, *args],
        cwd=HERE.parents[1],
        env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_driver_works_on_a_real_display(display: str) -> None:
    """Every kind of popup, dialog and control that the driver uses offscreen it uses there, too."""
    others = " or ".join(SAME_EVERYWHERE)
    # Asked apart: within a run of pytest, what Qt says of it is lost with the process.
    started = run(display, "-c", "from PySide6.QtWidgets import QApplication; QApplication([])")
    if "Could not load the Qt platform plugin" in started.stderr:
        pytest.skip("Qt's plugin for X11 lacks a library of this system")
    done = run(display, "-m", "pytest", "-q", str(HERE / "test_driver.py"), "-k", f"not ({others})")
    assert done.returncode == 0, done.stdout + done.stderr
