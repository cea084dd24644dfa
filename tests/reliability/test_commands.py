"""Commands that write files leave what was there if they cannot, and say why."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from shutil import rmtree

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.commands.export import SINGLES
from exlab_gui.export.batch.formats import FORMATS
from exlab_gui.export.batch.sessions import Sessions
from tests.core.trace.kept import SHORT, file_bytes
from tests.helpers.disk import read_only, room_for
from tests.reliability.test_disk import locked

RECORDING, OUT = "given.exlab.jsonl", str(Path("disk", "written"))
MISSING = {"xlsx": "xlsxwriter", "parquet": "pyarrow"}
MORE = {"parquet": ["--table", "visits"]}
"""Options for one file, if a format writes several."""

ROOM = {"xlsx": 7_500}
"""Bytes that a file may have, if not 3: a workbook is made of smaller temporary files."""

COMMANDS = {
    "diagram": ["diagram", "--format", "svg", "-o", OUT],
    "check": ["check", RECORDING, "--junit", OUT],
    "make-test": ["make-test", RECORDING, "-o", OUT],
    **{
        name: ["export", "--to", name, *MORE.get(name, []), RECORDING, "-o", OUT]
        for name in (*FORMATS, *SINGLES)
        if name not in ("png", "pdf")  # an application without a window draws these
    },
}
CASES = {
    "File too large": lambda path: room_for(int(path.read_text())),
    "Permission denied": lambda path: read_only(path.parent),
    "another program is using it": locked,
    "No such file or directory": lambda path: nullcontext(rmtree(path.parent)),
}


@pytest.mark.parametrize("why", CASES)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_file_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Sequence[str], why: str
) -> None:
    """The file that was there is as it was; one sentence says why, and the exit code tells."""
    if (extra := MISSING.get(command[2])) is not None:
        pytest.importorskip(extra)
    monkeypatch.chdir(tmp_path)
    Path(RECORDING).write_bytes(file_bytes(SHORT))
    path = Path(OUT)
    path.parent.mkdir()
    path.write_text(f"{ROOM.get(command[2], 3)}")
    before = path.read_bytes()
    with CASES[why](path):
        done = CliRunner().invoke(main, command)
    assert done.exit_code in (1, 2)
    assert done.stderr.endswith(f"{OUT} cannot be written: {why}.\n")
    if path.parent.exists():
        assert [one.read_bytes() for one in path.parent.iterdir()] == [before]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has none")
@pytest.mark.parametrize("name", MISSING)
def test_the_error_of_a_full_disk_is_no_other(tmp_path: Path, name: str) -> None:
    """No library that writes a format puts an error of its own in its place."""
    pytest.importorskip(MISSING[name])
    path = tmp_path / RECORDING
    path.write_bytes(file_bytes(SHORT))
    form = FORMATS[name]
    write = form.write or next(iter(form.tables.values()))
    with (
        Path("/dev/full").open("wb", buffering=0) as file,
        pytest.raises(OSError, match="No space"),
    ):
        write(Sessions([path]), file)
