"""The signals that end a program: those of the system, and of its terminal."""

import signal
import subprocess
import sys

import pytest

from exlab_gui.system.signals import ending_signals

ASKED = "from exlab_gui.system.signals import ending_signals; print(*map(int, ending_signals()))"


def test_those_of_this_system() -> None:
    """Ctrl+C and the end of the user's session are known everywhere."""
    assert {signal.SIGINT, signal.SIGTERM} <= set(ending_signals())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no nohup")
@pytest.mark.parametrize(("before", "hears"), [("trap - HUP", True), ("trap '' HUP", False)])
def test_nohup_is_respected(before: str, hears: bool) -> None:
    """What was started to outlive its terminal does; anything else ends with it."""
    command = f"{before}; exec '{sys.executable}' -c '{ASKED}'"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert (str(int(signal.SIGHUP)) in done.stdout.split()) == hears
