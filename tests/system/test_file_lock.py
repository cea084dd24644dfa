"""A lock on a file holds against this program and others, and goes with who has it."""

import subprocess
import sys
from pathlib import Path

from exlab_gui.system.file_lock import try_lock

HOLDER = """
import sys
from exlab_gui.system.file_lock import try_lock
file = open(sys.argv[1], "r+b")
print(try_lock(file), flush=True)
sys.stdin.read()
"""


def test_the_second_does_not_get_it(tmp_path: Path) -> None:
    """Even in one process, a file that is locked can be locked by nobody else."""
    path = tmp_path / "a"
    with path.open("wb") as first, path.open("r+b") as second:
        assert try_lock(first)
        assert not try_lock(second)
    with path.open("r+b") as third:
        assert try_lock(third)


def test_it_hinders_no_reader(tmp_path: Path) -> None:
    """What is locked can be read, and closing the reader's file keeps the lock."""
    path = tmp_path / "a"
    with path.open("wb") as first, path.open("r+b") as second:
        assert try_lock(first)
        first.write(b"told")
        first.flush()
        assert path.read_bytes() == b"told"
        assert not try_lock(second)


def test_it_goes_with_the_process(tmp_path: Path) -> None:
    """Another program has the lock until it is killed."""
    path = tmp_path / "a"
    path.touch()
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"True"
        with path.open("r+b") as file:
            assert not try_lock(file)
        holder.kill()
    with path.open("r+b") as file:
        assert try_lock(file)
