"""Without a display the program plays a session nobody sees, and leaves a picture of it."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.helpers import programs, spec

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a display"
)


def states(lines):
    """Return the state of each line, each once as long as the session stays in it."""
    return list(dict.fromkeys(line.split()[2] for line in lines))


def test_the_happy_path_is_played_and_a_picture_is_left(tmp_path):
    """Why nothing is seen is said; each event is a line, the last line is the name of a picture."""
    done = programs.run(tmp_path, "-m", "exlab_gui")
    assert done.returncode == 0, done.stderr
    *lines, last = done.stdout.splitlines()
    assert states(lines) == ["pending", *spec.WAYS["done"]]
    assert [int(line.split()[0]) for line in lines] == list(range(1, len(lines) + 1))
    picture = QImage(last)
    assert Path(last).is_relative_to(tmp_path)
    assert (picture.width(), picture.height()) == (1280, 800)
    assert "exlab-gui: There is no display" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_scenario_and_whatever_the_settings_hold(tmp_path):
    """The scenario that is asked for is played to its end, at no breakpoint and with any settings.

    Rubbish in the settings counts as not set.
    """
    settings = programs.settings_file(tmp_path)
    settings.parent.mkdir()
    settings.write_text(
        "[window]\ntheme=plaid\ngeometry=@ByteArray(x)\nsplitter=1, 2\n"
        "[session]\nspeed=very fast\nbreakpoints=rendering\\nlims\n"
        "[log]\ncolumns=none\nhidden_kinds=phase\n"
    )
    done = programs.run(tmp_path, "-m", "exlab_gui", "--scenario", "asks_once")
    assert done.returncode == 0, done.stderr
    entered = states(done.stdout.splitlines()[:-1])
    assert entered[-2:] == ["sync_queued", "done"]
    assert "input_required" in entered


def test_nobody_reads_to_the_end(tmp_path):
    """Where the reader of the events has had enough, the program ends at once, without a word."""
    with subprocess.Popen(
        [sys.executable, "-m", "exlab_gui"],
        env=programs.environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert "pending" in program.stdout.readline()
        program.stdout.close()
        assert "Traceback" not in program.stderr.read()
        assert program.wait(60) == 2
    assert not list(tmp_path.rglob("run-*.txt")), "it would count as a crash"


def test_no_place_for_the_picture(tmp_path):
    """Where the picture cannot be written, the program fails, and says so."""
    done = programs.run(tmp_path, "-c", NO_PICTURE, "--scenario", "internal_error")
    assert done.returncode != 0
    assert "could not be written" in done.stderr
    assert states(done.stdout.splitlines())[-1] == "failed"


NO_PICTURE = """
import sys, tempfile
from exlab_gui.cli import main
tempfile.mkdtemp = lambda **_: "/no/such/folder"
main(sys.argv[1:])
"""
