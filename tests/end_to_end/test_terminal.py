"""Text from outside is text in a terminal too: no command lets it move a cursor, or go on for ever.

What is for programs (``--json``) holds it exactly, as JSON escapes it.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exlab_gui.cli import main
from exlab_gui.core.trace import load
from exlab_gui.export.exporter import Exporter, Snapshot
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.theme.colours import LIGHT
from tests.core.trace.kept import file_bytes, recording
from tests.helpers.hostile import ESCAPES, HOSTILE, assert_plain, hostile_recording

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names have no such characters there")

NAME = f"{ESCAPES}\u202e\n\udcff"

EXACT = (".jsonl", ".exlab.jsonl", ".xes")
"""The files that hold what was said exactly, for programs."""


def run(*args: object) -> Result:
    """Run the command, and hold that nothing of what it prints is more than text."""
    done = CliRunner().invoke(main, list(map(str, args)))
    assert not done.exception or isinstance(done.exception, SystemExit), done.exc_info
    assert_plain(done.output)
    return done


@pytest.fixture(params=HOSTILE)
def value(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param][:20_000]


@pytest.fixture
def hostile(tmp_path: Path, value: str) -> Path:
    """Return a recording that says `value` wherever it can, in a file with a hostile name."""
    path = tmp_path / f"{NAME}.exlab.jsonl"
    path.write_bytes(hostile_recording(value))
    return path


def test_recordings(hostile: Path) -> None:
    """Checked, counted, or made into a test: a line for each thing that is to be said."""
    assert r"\x1b[31m" in run("check", hostile).output
    run("coverage", hostile)
    run("make-test", hostile, "-o", "-")
    run("make-test", hostile.with_name(f"{NAME}.none"), "-o", "-")
    run("check", hostile, "--junit", hostile.parent / NAME / "none.xml")
    run("check", hostile, "--junit", hostile.parent / "report.xml")
    if (hostile.parent / "report.xml").exists():
        assert_plain((hostile.parent / "report.xml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("named", ["state", "phase", "follows", "initial"])
def test_the_machine_of_a_recording(tmp_path: Path, value: str, named: str) -> None:
    """A recording whose machine has such a name is refused, in one sentence; markup is none."""
    header, *events = file_bytes(recording("validating")).splitlines()
    said = json.loads(header)
    machine = said["machine"]
    match named:
        case "state":
            machine["table"][value] = []
        case "phase":
            machine["phases"]["pending"] = value
        case "follows":
            machine["table"]["pending"].append(value)
        case "initial":
            machine["initial"] = value
    refused = named in ("follows", "initial") or not value.isprintable() or len(value) > 80
    path = tmp_path / "odd.exlab.jsonl"
    path.write_bytes(b"\n".join([json.dumps(said).encode(), *events, b""]))
    for command in ("check", "coverage"):
        done = run(command, path)
        assert (done.exit_code == 2) == refused
    run("make-test", path, "-o", "-")


@pytest.mark.parametrize("key", ["title", "description", "kind", "request", "state", "key"])
def test_scenarios(tmp_path: Path, value: str, key: str) -> None:
    """A scenario is played, or refused with the name of its file and a reason."""
    step = {"do": "enter", "state": "validating"}
    said = {"format": "exlab-scenario", "version": 1, "title": "t", "steps": [step]}
    match key:
        case "state":
            step["state"] = value
        case "key":
            step[value] = value
        case "request":
            said["request"] = {value: value}
        case _:
            said[key] = value
    path = tmp_path / f"{NAME}.json"
    path.write_text(json.dumps(said))
    run("simulate", "--scenario", path)


@pytest.mark.parametrize("named", ["state", "phase", "error", "kept"])
def test_machines(tmp_path: Path, value: str, named: str) -> None:
    """A module's names, and what it raises, are told in one sentence."""
    said = {
        "state": f"SessionState[2:] = [{value!r}]; VALID_TRANSITIONS['a'] = [{value!r}]",
        "phase": f"state_to_phase = lambda state: {value!r}",
        "error": f"raise ValueError({value!r})",
        "kept": f"VALID_TRANSITIONS[{value!r}] = ['a']",
    }[named]
    path = tmp_path / f"{ESCAPES}\n.py"
    path.write_text(
        "SessionState = ['a', 'b']\nVALID_TRANSITIONS = {'a': ['b']}\n"
        f"state_to_phase = lambda state: None\n{said}\n"
    )
    run("simulate", "--machine", path, "--tour")
    run("machine", "diff", path, "exlab_gui.core.state_machine")
    run("machine", "diff", "exlab_gui.core.state_machine", path)


def test_arguments(value: str) -> None:
    """What a user gives is told back as text."""
    text = value.replace("\0", "").encode(errors="replace").decode()
    run("simulate", "--scenario", text)
    run("simulate", "--path", text)
    run("simulate", "--machine", text)
    run("watch", text)
    run("watch", "http://127.0.0.1:1", "--session", text)
    run("diagram", "-o", "-", "--format", "svg", "--state", text)


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.action)
def test_exports(tmp_path: Path, exporter: Exporter[Any], value: str) -> None:
    """What an export writes for people to read is text; what it keeps exactly is escaped."""
    path = tmp_path / "hostile.exlab.jsonl"
    path.write_bytes(hostile_recording(value if value.isascii() else value.replace("\ud800", "")))
    kept = load(path)
    snapshot = Snapshot(kept, len(kept.events), LIGHT)
    if exporter.why_not(snapshot):
        assert_plain(str(exporter.why_not(snapshot)))
        return
    for form in exporter.formats:
        if form.needs_qt:
            continue
        path = tmp_path / f"export{form.suffixes[0]}"
        exporter.write(path, snapshot)
        if form.suffixes[0] not in EXACT:
            assert_plain(path.read_text(encoding="utf-8-sig"), 10**6)
        assert "\x1b" not in path.read_text(encoding="utf-8")
