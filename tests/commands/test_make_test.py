"""``make-test`` writes a test that goes the way of a recording."""

import msgspec
import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.trace import Recording, load
from exlab_gui.export.pytest_source import to_pytest
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT


def run(*args):
    return CliRunner().invoke(main, ["make-test", *map(str, args)])


@pytest.fixture
def kept(tmp_path):
    """Return the path of a recording."""
    path = tmp_path / "kept.exlab.jsonl"
    save(path, SHORT)
    return path


def test_the_test_is_written(kept, tmp_path):
    """To the file that is named, and to standard output."""
    source = to_pytest(load(kept))
    assert "def test_sim_1_reaches_failed(session_monitor: SessionMonitor) -> None:" in source
    output = tmp_path / "test_kept.py"
    done = run(kept, "-o", output)
    assert (done.exit_code, done.output) == (0, "")
    assert output.read_text("utf-8") == source
    assert run(kept, "-o", "-").stdout == source


def test_standard_output_is_utf_8(kept):
    """As Python reads its source, whatever the encoding of the terminal is."""
    header = msgspec.structs.replace(SHORT.header, label="5 °C → µ")
    save(kept, Recording(header, SHORT.events))
    done = CliRunner(charset="cp1252").invoke(main, ["make-test", str(kept), "-o", "-"])
    assert done.stdout_bytes.decode("utf-8") == to_pytest(load(kept))


def test_what_makes_no_test_is_refused(kept, tmp_path):
    """With the reason, and nothing is written."""
    output = tmp_path / "test_kept.py"
    kept.write_bytes(kept.read_bytes()[:-20])
    done = run(kept, "-o", output)
    assert done.exit_code == 1
    assert "Its line 9 cannot be read: The last line is cut off." in done.stderr
    done = run(tmp_path / "nothing", "-o", output)
    assert done.exit_code == 1
    assert "There is no such file." in done.stderr
    assert not output.exists()


def test_a_file_that_cannot_be_written_is_told(kept, tmp_path):
    """By its name and the reason."""
    done = run(kept, "-o", tmp_path / "nowhere" / "test_kept.py")
    assert done.exit_code == 1
    assert "cannot be written: No such file or directory." in done.stderr
