"""Named pipes, which would be waited for if they were opened."""

import os
import sys
from pathlib import Path

import pytest


def make_pipe(path: Path) -> None:
    """Make a pipe at `path`; skip the test on Windows, whose pipes are no files."""
    if sys.platform == "win32":
        pytest.skip("its pipes are no files")
    os.mkfifo(path)
