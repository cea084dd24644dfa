"""Ctrl+C gives one exit code, whenever it comes: 130, or 0 if being stopped is the regular end."""

import os
import signal
import subprocess
import sys

import pytest

from exlab_gui.cli import COMMANDS
from exlab_gui.commands.shared.interrupts import ENDLESS, exit_code

STOPPED = """
import os, signal, sys
from exlab_gui import __main__
at, sys.argv = sys.argv[1], ["exlab-gui", *sys.argv[2:]]
class Finder:
    def find_spec(self, name, *_rest):
        if name == at:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
__main__.main()
"""


def test_only_commands_that_run_until_they_are_stopped_end_well():
    assert set(ENDLESS) < set(COMMANDS)
    codes = {name: exit_code([name, "x"]) for name in COMMANDS}
    assert {name for name, code in codes.items() if code == 0} == set(ENDLESS)
    assert set(codes.values()) == {0, 130}


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a process there")
@pytest.mark.parametrize("at", ["exlab_gui.cli", "exlab_gui.commands.{}"])
@pytest.mark.parametrize(("command", "code"), [("simulate", 130), ("watch", 0), ("record", 0)])
def test_it_is_the_same_while_the_command_is_imported(at, command, code):
    arguments = [sys.executable, "-c", STOPPED, at.format(command), command]
    done = subprocess.run(arguments, capture_output=True, env=dict(os.environ), check=False)
    told = b"" if code == 0 else b"\nAborted!\n"
    assert (done.returncode, done.stderr.replace(b"\r", b"")) == (code, told)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a process there")
def test_it_is_the_same_while_the_command_works(tmp_path):
    """A module with a machine is the user's own code, which may run for long."""
    path, begun = tmp_path / "slow.py", tmp_path / "begun"
    os.mkfifo(begun)
    works = "while True: pass"  # `signal.pause` may miss it
    path.write_text(f"open({str(begun)!r}, 'w').close()\n{works}\n")
    command = [sys.executable, "-m", "exlab_gui", "simulate", "--machine", str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as program:
        begun.open().close()  # waits for the module
        program.send_signal(signal.SIGINT)
        said = program.communicate()[1]
    sentence = f"Error: {path}: the import was interrupted.\n"
    assert (program.returncode, said.decode()) == (130, sentence)
