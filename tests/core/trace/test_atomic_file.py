"""Files that are written as a whole, or not at all."""

from pathlib import Path

import pytest

from exlab_gui.core.trace.atomic_file import atomic_write


def test_a_file_that_was_written_is_there(tmp_path: Path) -> None:
    """And nothing else is."""
    with atomic_write(tmp_path / "a") as file:
        file.write(b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_writing_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """However far it had come."""
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(ValueError, match="halfway"):
        _write_half(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As OSError, before anything is written."""
    with pytest.raises(OSError, match="No such file"), atomic_write(tmp_path / "b" / "a"):
        pytest.fail("there is nothing to write to")


def _write_half(path: Path) -> None:
    with atomic_write(path) as file:
        file.write(b"new")
        raise ValueError("halfway")
