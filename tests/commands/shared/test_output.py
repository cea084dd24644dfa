"""Standard output and error may be closed, full, or read by nobody; the exit code is right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.trace.kept import SHORT, file_bytes

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not Path("/dev/full").exists(), reason="only where this device is"
)

GOOD, BAD = file_bytes(SHORT), file_bytes(SHORT).replace(b'"seq":2', b'"seq":9')
FULL = "Error: Standard output cannot be written: No space left on device.\n"


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("check bad 2>&-", 1, ""),
        ("check bad 2>/dev/full", 1, ""),
        ("check bad >&- 2>&- <&-", 1, ""),
        ("check bad >/dev/full", 2, FULL),
        ("check --json good >/dev/full", 2, FULL),
        ("--version >/dev/full", 2, FULL),
        ("no-such-command 2>&-", 2, ""),
    ],
)  # fmt: skip
def test_the_exit_code_tells(tmp_path, command, code, said):
    """No traceback, whatever cannot be written; only standard output counts."""
    (tmp_path / "good").write_bytes(GOOD)
    (tmp_path / "bad").write_bytes(BAD)
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m exlab_gui {command}"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        # Without buffers, standard output is made in another way.
        env=os.environ | {"PYTHONUNBUFFERED": "1" if "json" in command else ""},
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, said)


def test_who_has_read_enough_is_told_nothing():
    """As with ``head``: the command ends, and its exit code says that not all was read."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "exlab_gui", "simulate"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


ENDED_AS_IT_WRITES = """
import os, signal, sys
from exlab_gui.__main__ import main
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGTERM)
sys.argv[1:] = ["diagram", "-o", "machine.svg"]
main()
"""


def test_a_signal_leaves_no_half_file(tmp_path):
    """What a command was writing is removed, and the file that was there is as it was."""
    path = tmp_path / "machine.svg"
    path.write_bytes(b"old")
    command = [sys.executable, "-c", ENDED_AS_IT_WRITES]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (128 + 15, b"")
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_bytes() == b"old"


def test_no_file_stands_in_for_standard_error(tmp_path):
    """What libraries write there does not get into a file that is opened later."""
    code = (
        "import os; from exlab_gui.system.standard_files import reserve_standard_files\n"
        "reserve_standard_files(); file = open('kept', 'w'); os.write(2, b'a warning')"
    )
    subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -c \"{code}\" <&- >&- 2>&-"], cwd=tmp_path, check=True
    )
    assert (tmp_path / "kept").read_bytes() == b""


SAYS_AND_DIES = """
import os, sys
from exlab_gui.commands.shared.output import standard_streams
with standard_streams():
    print("A line.", file=sys.stderr)
    os.write(2, b"Of a library.\\n")
    sys.stderr.write("A part.")
os._exit(0)
"""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_is_said_is_written_at_once(unbuffered):
    """Messages are not left in a buffer, which nobody may write later, whatever Python buffers."""
    done = subprocess.run(
        [sys.executable, "-c", SAYS_AND_DIES],
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "A line.\nOf a library.\nA part."
