"""``check`` and ``coverage`` take folders: all recordings in them, and nothing else."""

import sys

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.trace import ENDING
from tests.helpers.disk import unreadable
from tests.helpers.lab import write_lab


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder with a folder of three recordings, and something else."""
    monkeypatch.chdir(tmp_path)
    write_lab(tmp_path / "lab", range(3))
    (tmp_path / "lab" / "notes.txt").write_bytes(b"Not for you.")
    (tmp_path / "empty").mkdir()
    return tmp_path / "lab"


def run(*args):
    return CliRunner().invoke(main, list(map(str, args)))


def test_a_folder_stands_for_its_recordings(folder):
    """Files and folders can be mixed; files are taken whatever their name is.

    A second recording of a session is checked, too, but it is no second session.
    """
    (folder.parent / "other").write_bytes((folder / "000" / f"000001{ENDING}").read_bytes())
    assert run("check", "lab").stderr.startswith("3 checked: 3 conform")
    assert run("check", "lab", "other").stderr.startswith("4 checked: 4 conform")
    assert "\n3 sessions: " in run("coverage", "lab", "other").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="its folders have other rights")
@pytest.mark.parametrize("command", ["check", "coverage", "stats", "export --to csv -o out"])
def test_a_folder_within_that_cannot_be_read_is_told(folder, command):
    """Nobody takes what is in it for checked or counted; the rest is."""
    (folder / "private").mkdir()
    with unreadable(folder / "private"):
        name, *options = command.split()
        done = run(name, "lab", *options)
    assert done.exit_code == 2
    assert "lab/private: " in done.stdout + done.stderr
    assert "You may not read this folder." in done.stdout + done.stderr
    assert "3" in done.stdout + done.stderr or (folder.parent / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="its files have other rights")
@pytest.mark.parametrize("command", ["check", "coverage", "export --to csv -o out"])
def test_a_file_that_may_not_be_read_does_not_keep_others_from_it(folder, command):
    """It is told, and the rest is checked, counted or written."""
    readable, private = sorted(folder.rglob("*.exlab.jsonl"))[:2]
    name, *options = command.split()
    with unreadable(private):
        done = run(name, str(readable), str(private), *options)
    assert done.exit_code == 2
    told = done.stdout + done.stderr
    assert f"{private.name}: " in told
    assert "You may not read this file." in told
    assert "1 conform" in told or "1 session" in told or (folder.parent / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="its files have other rights")
def test_the_exit_code_of_a_single_file_that_may_not_be_read(folder):
    """It is that of a recording that cannot be read, not that of a wrong use."""
    private = next(folder.rglob("*.exlab.jsonl"))
    with unreadable(private):
        done = run("make-test", str(private), "-o", "-")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.endswith(f"{private.name}: You may not read this file.\n")


@pytest.mark.parametrize("command", ["check", "coverage", "stats", "export --to csv -o out"])
@pytest.mark.usefixtures("folder")
def test_an_empty_name_is_not_this_folder(command):
    """A variable of the shell that is not set shall not stand for everything."""
    name, *options = command.split()
    done = run(name, "", *options)
    assert done.exit_code == 2
    assert 'an empty name is no path; this folder is ".".' in done.stderr


@pytest.mark.parametrize("command", ["check", "coverage"])
def test_a_folder_without_recordings_is_refused(folder, command):
    """Nothing is checked or counted, which would look like success."""
    done = run(command, "empty")
    assert done.exit_code == 2
    assert done.stderr == "Error: empty: There are no recordings in this folder.\n"
