"""Random actions of a user, through real events: nothing is lost, nothing is silent.

``EXLAB_MONKEY=200000 python -m pytest tests/monkey -s`` has twenty monkeys act for 10,000 steps
each, and also asserts how long the window is away and that memory does not grow; the seeds begin
with ``EXLAB_MONKEY_SEED`` (1).
"""

import gc
import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from exlab_gui.sources.live import server_file
from tests.monkey.engine import ACTS
from tests.monkey.pulse import GAP_S
from tests.monkey.run import run
from tests.monkey.shrink import steps_of, text_of

LONG = int(os.environ.get("EXLAB_MONKEY", "0"))
FIRST = int(os.environ.get("EXLAB_MONKEY_SEED", "1"))
PART = 10_000
SHORT = 120
GROWN_MB = 20.0
"""So much more memory a window may hold after 8,000 actions, with other sessions in it."""


@pytest.fixture(autouse=True)
def nothing_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Find no server of this machine's user."""
    monkeypatch.setattr(server_file, "server_file_path", lambda: tmp_path / "server.json")


@pytest.mark.skipif(LONG > 0, reason="the long ones run")
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_monkey(qapp: QApplication, tmp_path: Path, seed: int) -> None:
    """No exception, no warning of Qt, no illegal move; each recording is whole."""
    report = await run(qapp, tmp_path, seed, range(SHORT))
    assert not report.faults, report.text


@pytest.mark.skipif(not LONG, reason="EXLAB_MONKEY is not set")
@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(LONG // PART, 1)))
async def test_a_monkey_for_long(qapp: QApplication, tmp_path: Path, seed: int) -> None:
    """As above; the window is never away, and holds no more memory at the end."""
    gc.enable()
    try:
        report = await run(qapp, tmp_path, seed, range(min(LONG, PART)))
    finally:
        gc.disable()
    print(report.text)
    assert not report.faults, report.text
    assert report.monkey.pulse.longest <= GAP_S
    warm, end = report.monkey.memory[2], report.monkey.memory[-1]
    assert (end - warm) / 2**20 <= GROWN_MB


def test_every_action_is_done_somewhere() -> None:
    """In each situation there is something to do, or a monkey would stand still."""
    scenes = {scene for act in ACTS for scene in act.scenes}
    assert scenes == {"window", "popup", "dialog", "files"}


def test_steps_are_named() -> None:
    """The steps that are left of a long life can be given on the command line."""
    steps = [3, 17, 20, 21, 22, 40]
    assert text_of(steps) == "3,17,20-22,40"
    assert steps_of(text_of(steps)) == steps
