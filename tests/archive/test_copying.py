"""Recordings are copied out of an archive as a whole, or not at all."""

import pytest

from exlab_gui.archive.copying import copy
from exlab_gui.core.trace import ENDING, load
from tests.helpers.disk import room_for
from tests.helpers.lab import lab_recording, write_lab


@pytest.fixture
def recording(tmp_path):
    write_lab(tmp_path / "archive", range(1))
    return tmp_path / "archive" / "000" / f"000000{ENDING}"


def test_a_full_disk_leaves_no_half_of_a_recording(recording, tmp_path):
    """That would look like a session that broke off."""
    target = tmp_path / "target"
    target.mkdir()
    with room_for(100), pytest.raises(OSError, match="File too large"):
        copy(recording, target, "Run")
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("label", ["\U0001f389" * 80, "=1+1", "a/b", "..", ""])
def test_every_label_gives_a_name(recording, tmp_path, label):
    """Also one that is too long for the name of a file, twice."""
    copies = [copy(recording, tmp_path, label) for _ in range(2)]
    assert len(set(copies)) == 2
    assert {path.parent for path in copies} == {tmp_path}
    assert load(copies[1]).header == lab_recording(0).header
