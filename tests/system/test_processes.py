"""Processes of this computer: whether they run, and since when."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from exlab_gui.system.processes import is_running, started_at


def test_a_process_runs_until_it_is_dead() -> None:
    """One that has ended, and was waited for, is gone; so is what was known of its start."""
    before = datetime.now(UTC)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert is_running(process.pid)
        started = started_at(process.pid)
        assert started is not None
        # Linux counts from the start of the computer, in hundredths of a second.
        assert abs(started - before) < timedelta(seconds=5)
    assert not is_running(process.pid)
    assert started_at(process.pid) is None


def test_a_process_of_another_user_runs_too() -> None:
    """The first process of a system is there, whoever asks."""
    assert is_running(1 if os.name == "posix" else 4)
