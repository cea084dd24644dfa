"""What a bundle runs does what its Python would do for the processes of `check`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

START = Path(__file__).parents[2] / "installers" / "start.py"


def run(*arguments, **more):
    command = [sys.executable, str(START), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def test_it_is_the_program():
    assert run("--version").stdout.startswith("exlab-gui ")


@pytest.mark.skipif(os.name == "nt", reason="there is no such process")
def test_it_tracks_the_resources_of_processes():
    """Python starts itself with a line of code; a bundle is given that line as its arguments."""
    reading, writing = os.pipe()
    os.close(writing)  # nothing is left to track
    code = f"from multiprocessing.resource_tracker import main;main({reading})"
    done = run("-c", code, pass_fds=[reading])
    os.close(reading)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("more", ["", "from multiprocessing.resource_tracker import main;"])
def test_no_other_code_is_run(more):
    """It is a command line like any other."""
    done = run("-c", f"{more}print(1)")
    assert done.returncode == 2
    assert "No such option" in done.stderr
