"""``export`` writes recordings in the formats of other programs."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exlab_gui.cli import main
from exlab_gui.commands.export import SINGLES
from exlab_gui.core.trace import load
from exlab_gui.export.batch.formats import FORMATS
from exlab_gui.export.recording import save
from exlab_gui.export.registry import EXPORTERS
from tests.core.trace.kept import SHORT

BEGINNINGS = {
    "html": b"<!DOCTYPE html>",
    "svg": b"<?xml",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
    "mermaid": b"stateDiagram-v2",
    "sequence": b"sequenceDiagram",
    "dot": b"digraph",
    "recording": b'{"format":"exlab-recording"',
    "py": b"# fmt",
    "xes": b"<?xml",
    "csv": b"\xef\xbb\xbfSession,",
    "jsonl": b'{"session":"sim-1"',
    "xlsx": b"PK",
    "otlp": b'{"resourceSpans"',
}

pytestmark = pytest.mark.usefixtures("qapp")


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, args)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder, with two recordings in another."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept").mkdir()
    for name in ("a", "b"):
        save(tmp_path / "kept" / f"{name}.exlab.jsonl", SHORT)
    return tmp_path


@pytest.mark.parametrize("word", ["", " "])
def test_an_empty_word_is_not_replaced_in_silence(folder: Path, word: str) -> None:
    """A variable of the shell that is not set would leave the name that was to go."""
    done = run("kept", "--to", "html", "--redacted", "--replace", word, "-o", "out")
    assert done.exit_code == 2
    assert "--replace has no word to replace." in done.stderr
    assert not (folder / "out").exists()


def test_every_export_of_the_window_has_its_format() -> None:
    """What the registry has can be named, under one name; redaction is an option."""
    plain = (exporter for exporter in EXPORTERS if exporter.redacted is None)
    known = {form.key for exporter in plain for form in exporter.formats}
    assert known <= SINGLES.keys() | FORMATS.keys()
    assert {*BEGINNINGS, "parquet"} == {*SINGLES, *FORMATS}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_each_format_writes_a_file(folder: Path, name: str) -> None:
    """A single recording becomes the file that was asked for."""
    if name == "xlsx":
        pytest.importorskip("xlsxwriter")
    path = folder / "out"
    done = run("kept/a.exlab.jsonl", "--to", name, "-o", path)
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{path}\n", "")
    assert path.read_bytes().startswith(BEGINNINGS[name])


@pytest.mark.parametrize(
    ("name", "files"),
    [("svg", ["a.svg", "b.svg"]), ("csv", ["sessions.csv"]), ("recording", ["a.exlab.jsonl"])],
)
def test_new_files_have_names_of_their_own(folder: Path, name: str, files: list[str]) -> None:
    """Without -o, files are written here; none that is there is overwritten."""
    for number in ("", "-2"):
        done = run("kept", "--to", name)
        assert done.exit_code == 0
        told = [file.replace(".", f"{number}.", 1) for file in files]
        assert done.stdout.splitlines()[: len(told)] == told
    assert all((folder / file).exists() for file in files)


@pytest.mark.usefixtures("folder")
def test_several_files_go_to_a_folder() -> None:
    """It is made if need be; standard output and a file are no folder."""
    assert run("kept", "--to", "mermaid", "-o", "new/pictures").exit_code == 0
    assert sorted(path.name for path in Path("new/pictures").iterdir()) == ["a.mmd", "b.mmd"]
    assert run("kept", "--to", "svg", "-o", "-").exit_code == 2
    refused = run("kept", "--to", "svg", "-o", "kept/a.exlab.jsonl")
    assert "has to be a folder" in refused.stderr
    assert run("kept/a.exlab.jsonl", "--to", "csv", "-o", "new").stdout == f"{Path('new/a.csv')}\n"


@pytest.mark.usefixtures("folder")
def test_both_tables_are_written() -> None:
    """Parquet has a file per table, or the one that is asked for."""
    pytest.importorskip("pyarrow")
    done = run("kept", "--to", "parquet", "-o", "tables")
    assert done.stdout.splitlines() == ["tables/sessions.parquet", "tables/visits.parquet"]
    assert run("kept", "--to", "parquet", "--table", "visits").stdout == "visits.parquet\n"


@pytest.mark.usefixtures("folder")
def test_a_redacted_recording_tells_nobody() -> None:
    """Neither the file nor its name has private words, also those that are given."""
    done = run("kept/a.exlab.jsonl", "--to", "recording", "--redacted", "--replace", "sim-1")
    assert done.stdout == "session-1.exlab.jsonl\n"
    redacted = load("session-1.exlab.jsonl")
    assert redacted.header.request == {"operator": "[operator 1]"}
    assert redacted.header.label == "[word 1]"
    assert run("kept", "--to", "csv", "--replace", "x").exit_code == 2


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_redacted_file_has_a_name_of_its_own(folder: Path, name: str) -> None:
    """Whatever the format, it is not called as the recording is."""
    if name == "xlsx":
        pytest.importorskip("xlsxwriter")
    recording = (folder / "kept" / "a.exlab.jsonl").rename(folder / "Okafor.exlab.jsonl")
    (folder / "out").mkdir()
    assert run(recording, "--to", name, "--redacted", "-o", "out").exit_code == 0
    (written,) = (folder / "out").iterdir()
    assert "Okafor" not in written.name


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_is_left_out() -> None:
    """The rest is written, and the exit code tells; with nothing to write, no file is made."""
    Path("bad").write_bytes(b"\x89PNG")
    done = run("kept", "bad", "--to", "csv", "-o", "all.csv")
    assert (done.exit_code, done.stderr) == (2, "bad: This is a PNG picture, not a recording.\n")
    assert Path("all.csv").exists()
    assert run("bad", "--to", "csv", "-o", "none.csv").exit_code == 2
    assert not Path("none.csv").exists()


@pytest.mark.parametrize("name", ["csv", "svg"])
def test_a_name_with_a_slash_at_its_end_is_that_of_a_folder(folder: Path, name: str) -> None:
    """It is made if need be, and no file gets a name without an ending."""
    made = Path("new", f"a.{name}")
    assert run("kept/a.exlab.jsonl", "--to", name, "-o", "new/").stdout == f"{made}\n"
    assert (folder / made).is_file()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["csv", "svg"])
def test_a_name_that_is_too_long_is_told(name: str) -> None:
    """Whatever the system says about a path is one sentence."""
    long = "x" * 300
    done = run("kept/a.exlab.jsonl", "--to", name, "-o", long)
    # Windows says of such a name that there is no such file.
    said = "[A-Z][a-z ]+" if sys.platform == "win32" else "File name too long"
    assert done.exit_code == 1
    assert re.fullmatch(rf"Error: {long} cannot be written: {said}\.\n", done.stderr)


@pytest.mark.usefixtures("folder")
def test_wrong_use_is_explained() -> None:
    """A table that a format does not have, and a file that cannot be written, are told."""
    wrong = run("kept", "--to", "html", "--table", "visits")
    assert (wrong.exit_code, "--table visits is not for html." in wrong.stderr) == (2, True)
    named = run("kept", "--to", "csv", "--operator")
    assert (named.exit_code, "--operator is for otlp" in named.stderr) == (2, True)
    failed = run("kept", "--to", "csv", "-o", "missing/a.csv")
    assert (failed.exit_code, failed.stderr) == (
        1,
        "Error: missing/a.csv cannot be written: No such file or directory.\n",
    )
