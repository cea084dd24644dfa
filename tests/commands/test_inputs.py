"""No command writes over what it reads: a recording may be the only copy."""

import shutil

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT

COMMANDS = {
    "export": ["export", "KEPT", "--to", "csv", "-o", "OUT"],
    "export, redacted": ["export", "KEPT", "--to", "recording", "--redacted", "-o", "OUT"],
    "diagram": ["diagram", "--recording", "KEPT", "--format", "svg", "-o", "OUT"],
    "make-test": ["make-test", "KEPT", "-o", "OUT"],
    "check": ["check", "KEPT", "--junit", "OUT"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_is_read_is_kept(command, tmp_path):
    """Whatever name it is given by."""
    kept = tmp_path / "kept.exlab.jsonl"
    save(kept, SHORT)
    link = tmp_path / "link.exlab.jsonl"
    link.symlink_to(kept)
    before = kept.read_bytes()
    for output in (kept, link):
        names = {"KEPT": str(kept), "OUT": str(output)}
        done = CliRunner().invoke(main, [names.get(part, part) for part in command])
        assert done.exit_code == 2
        assert f"{output.name} is read: write another file." in done.output
        assert kept.read_bytes() == before
    shutil.copy(kept, copy := tmp_path / "copy.exlab.jsonl")
    names["OUT"] = str(copy)
    assert CliRunner().invoke(main, [names.get(part, part) for part in command]).exit_code in (0, 1)
    assert copy.read_bytes() != before
