"""``-`` is standard output, or refused in one sentence; it is never the name of a file."""

import json
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.core.trace import ENDING, load
from tests.helpers.lab import lab_recording


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return what runs a command in a folder with one recording; none writes a file there."""
    monkeypatch.chdir(tmp_path)
    name = f"one{ENDING}"
    (tmp_path / name).write_bytes(b"".join(lab_recording(4).lines()))

    def run_it(*arguments):
        done = CliRunner().invoke(main, [one.replace("ONE", name) for one in arguments])
        assert [path.name for path in tmp_path.iterdir()] == [name]
        return done

    return run_it


def test_a_simulated_recording_goes_to_standard_output(run, tmp_path_factory):
    done = run("simulate", "-o", "-", "--path", "validating,failed")
    assert done.exit_code == 0
    path = tmp_path_factory.mktemp("read") / f"x{ENDING}"
    path.write_bytes(done.stdout_bytes)
    assert [event.state for event in load(path).events] == ["pending", "validating", "failed"]


def test_a_junit_report_takes_the_place_of_the_findings(run):
    done = run("check", "ONE", "--junit", "-")
    assert done.exit_code == 0
    assert fromstring(done.stdout).attrib["tests"] == "1"


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "ONE", "--to", "csv", "-o", "-"),
        ("export", "ONE", "--to", "html", "-o", "-"),
        ("diagram", "--format", "svg", "-o", "-"),
        ("make-test", "ONE", "-o", "-"),
    ],
    ids=lambda arguments: " ".join(arguments[:4]),
)
def test_one_file_of_text_goes_to_standard_output(run, arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("record", "-o", "-"), "Recordings go to a folder, or with --session to a file"),
        (("coverage", "ONE", "-o", "-"), "for JSON on it, say --json"),
        (("diagram", "-o", "-"), "say --format"),
        (("export", "ONE", "ONE", "--to", "html", "-o", "-"), "Several files"),
        (("export", "ONE", "--to", "parquet", "-o", "-"), "Several files"),
        (("check", "ONE", "--json", "--junit", "-"), "--junit - and --format json exclude"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_cannot_go_there_is_refused(run, arguments, sentence):
    done = run(*arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("arguments", "flags"),
    [
        (("stats", "."), ("--json", "--csv")),
        (("stats", "."), ("--csv", "--json")),
        (("check", "ONE"), ("--format github", "--json")),
        (("check", "ONE"), ("--json", "--format text")),
        (("coverage", "ONE"), ("--json", "-o x.html")),
        (("simulate",), ("--json", "-o x")),
    ],
    ids=lambda one: " ".join(one),
)
def test_two_forms_at_once_are_refused(run, arguments, flags):
    """None is ignored without a word."""
    done = run(*arguments, *" ".join(flags).split())
    assert (done.exit_code, done.stdout) == (2, "")


def test_the_same_form_can_be_said_twice(run):
    done = run("check", "ONE", "--format", "json", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)
