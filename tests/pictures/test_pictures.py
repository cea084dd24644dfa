"""A few of the pictures; `python -m tests.pictures` takes all of them."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from exlab_gui.theme.theme import Theme
from tests.pictures.taking import environment, take


@pytest.mark.parametrize("kind", ["waiting", "long_form", "recorded", "lost"])
@pytest.mark.parametrize("size", [(1024, 700), (1280, 800)])
def test_nothing_is_cut(qapp: QApplication, theme: Theme, kind: str, size: tuple[int, int]) -> None:
    """No text is cut, nothing overlaps, and the log has its rows while a live session waits."""
    assert take(qapp, theme, kind, size) == []


def test_nothing_is_cut_in_large_letters(tmp_path: Path) -> None:
    """Neither with letters of 144 dots per inch, in the smallest window, in either theme."""
    scale = "1x-144dpi"
    command = [sys.executable, "-m", "tests.pictures", str(tmp_path), "--scale", scale]
    command += ["--size", "1024x700", "--only", "waiting"]
    done = subprocess.run(command, env=environment(scale), capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"{scale}: 2 pictures, 0 with something wrong\n")
    assert len(list(tmp_path.glob("*.png"))) == 2


def test_what_is_cut_is_found(qapp: QApplication, theme: Theme) -> None:
    """A window that is too small for its content is not called good."""
    assert take(qapp, theme, "recorded", (700, 300)) != []
