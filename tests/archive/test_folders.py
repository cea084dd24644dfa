"""Where the archive and its index are, and which files in a folder are recordings."""

import sys
from pathlib import Path

import pytest

from exlab_gui.archive.folders import archive_folder, index_folder, index_name, recordings_in
from exlab_gui.core.trace import ENDING
from tests.helpers.disk import unreadable
from tests.helpers.pipes import make_pipe


def test_only_files_with_the_name_of_a_recording_are_found(tmp_path):
    """Folders, other files, dead links and what is behind links to folders are left out."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / f"folder{ENDING}").mkdir()
    for name in (f"x{ENDING}", f"a/b/y{ENDING}", "a/other.txt"):
        (tmp_path / name).write_bytes(b"12345")
    if sys.platform != "win32":
        (tmp_path / f"dead{ENDING}").symlink_to("nowhere")
        (tmp_path / "again").symlink_to("a")
        make_pipe(tmp_path / f"pipe{ENDING}")
    found = dict(recordings_in(tmp_path))
    assert found.keys() == {f"x{ENDING}".encode(), f"a/b/y{ENDING}".encode()}
    stamp = found[f"x{ENDING}".encode()]
    assert stamp == (5, (tmp_path / f"x{ENDING}").stat().st_mtime_ns)


@pytest.mark.skipif(sys.platform == "win32", reason="its folders have other rights")
def test_a_folder_within_that_cannot_be_read_is_found(tmp_path):
    """What is in it is missing: whoever reads it is told why. The folder itself is refused."""
    (tmp_path / "a" / "private").mkdir(parents=True)
    with unreadable(tmp_path / "a" / "private"):
        assert dict(recordings_in(tmp_path)) == {b"a/private": (0, 0)}
        with pytest.raises(PermissionError):
            list(recordings_in(tmp_path / "a" / "private"))


def test_one_folder_has_one_index(tmp_path, monkeypatch):
    """However a folder is called, its index has the same name; another folder has another one."""
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path)
    assert index_name(Path("a")) == index_name(tmp_path / "a") == index_name(Path("a/../a"))
    assert index_name(Path("a")) != index_name(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such variables")
def test_they_are_in_the_folders_of_the_user(tmp_path, monkeypatch):
    """The archive is data of the user; an index can be deleted with the caches."""
    for variable in ("EXLAB_ARCHIVE", "EXLAB_ARCHIVE_INDEX"):
        monkeypatch.delenv(variable)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert archive_folder() == tmp_path / "data" / "exlab-gui" / "archive"
    assert index_folder() == tmp_path / "cache" / "exlab-gui" / "indexes"


def test_another_archive_can_be_named(tmp_path, monkeypatch):
    """The environment variable stands for a folder, from wherever the program is started."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXLAB_ARCHIVE", "mine")
    assert archive_folder() == tmp_path / "mine"
