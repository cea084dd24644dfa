"""The signals that end a program: those of the system, and of its terminal."""

import signal
import subprocess
import sys

import pytest

from exlab_gui.system.signals import ending_signals, on_end

ASKED = "from exlab_gui.system.signals import ending_signals; print(*map(int, ending_signals()))"


def test_those_of_this_system() -> None:
    """Ctrl+C and the end of the user's session are known everywhere."""
    assert {signal.SIGINT, signal.SIGTERM} <= set(ending_signals())


def test_they_are_taken_for_a_while() -> None:
    """Afterwards they do what they did before: the loop that they would call may be closed."""
    before = [signal.getsignal(number) for number in ending_signals()]
    with on_end(lambda _: None, but={signal.SIGINT}):
        assert signal.getsignal(signal.SIGTERM) not in before
        assert signal.getsignal(signal.SIGINT) in before
    assert [signal.getsignal(number) for number in ending_signals()] == before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no nohup")
@pytest.mark.parametrize(("before", "hears"), [("trap - HUP", True), ("trap '' HUP", False)])
def test_nohup_is_respected(before: str, hears: bool) -> None:
    """What was started to outlive its terminal does; anything else ends with it."""
    command = f"{before}; exec '{sys.executable}' -c '{ASKED}'"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert (str(int(signal.SIGHUP)) in done.stdout.split()) == hears
