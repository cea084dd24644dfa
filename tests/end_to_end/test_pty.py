"""In a real terminal, nothing from outside moves the cursor, sets the title or changes colours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.machine_data import MachineData
from tests.core.trace.kept import SHORT, file_bytes
from tests.helpers.hostile import ESCAPES, hostile_recording

pytestmark = pytest.mark.skipif(os.name == "nt", reason="such terminals are not there")

BAD = f"{ESCAPES}\x9b31m\u202e\r\b"

# What click writes itself for a progress bar: it hides the cursor, and writes the line again.
OWN = (b"\x1b[?25l", b"\x1b[?25h", b"\x1b[K")

RUN = """
import json, sys
from exlab_gui.cli import main
for args in json.loads(sys.argv[1]):
    try:
        main(args, prog_name="exlab-gui")
    except SystemExit as end:
        print("exit code", end.code)
"""


def run_in_terminal(folder: Path, *commands: list[str]) -> bytes:
    """Return all that a terminal gets from these commands."""
    import pty

    ours, terminal = pty.openpty()
    line = [sys.executable, "-c", RUN, json.dumps(commands)]
    with subprocess.Popen(line, cwd=folder, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0, shown
    return shown


def machine(said: str) -> str:
    return (
        "SessionState = ['a', 'b']\nVALID_TRANSITIONS = {'a': ['b']}\n"
        f"state_to_phase = lambda state: None\n{said}\n"
    )


def test_nothing_reaches_a_terminal_raw(tmp_path: Path) -> None:
    """Whether it stands in a recording, a scenario, a module, or the name of a file."""
    table = MachineData.of(CREATION_MACHINE)
    header, *rest = file_bytes(SHORT).splitlines(keepends=True)
    named = json.loads(header)
    named["machine"]["table"][BAD] = []
    labelled = json.loads(header) | {"label": BAD}
    scenario = {"format": "exlab-scenario", "version": 1, "title": BAD, "steps": [{"do": BAD}]}
    warning = {"kind": "warning", "phase": "validating_inputs", "message": BAD}
    steps = [{"do": "enter", "state": "validating"}, {"do": "emit", "envelope": warning}]
    warns = scenario | {"steps": steps, "request": {"label": BAD}}
    files = {
        "said.exlab.jsonl": hostile_recording(BAD),
        "table.exlab.jsonl": json.dumps(named).encode() + b"\n" + b"".join(rest),
        "label.exlab.jsonl": json.dumps(labelled).encode() + b"\n" + b"".join(rest),
        f"{BAD}.exlab.jsonl": file_bytes(SHORT),
        "scenario.json": json.dumps(scenario).encode(),
        "warns.json": json.dumps(warns).encode(),
        "raises.py": machine(f"raise ValueError({BAD!r})").encode(),
        "phase.py": machine(f"state_to_phase = lambda state: {BAD!r}").encode(),
        "state.py": machine(f"SessionState.append({BAD!r})").encode(),
        "prints.py": machine(f"import sys; print({BAD!r}); sys.stderr.write({BAD!r})").encode(),
        f"{BAD}.py": machine("").encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    recordings = [name for name in files if name.endswith("jsonl")]
    modules = [name for name in files if name.endswith("py")]
    shown = run_in_terminal(
        tmp_path,
        ["check", *recordings, f"none{BAD}"],
        ["check", *recordings, "--junit", f"none/{BAD}"],
        ["coverage", *recordings, f"none{BAD}"],
        *(["make-test", name, "-o", "-"] for name in recordings),
        ["make-test", "label.exlab.jsonl", "-o", f"none/{BAD}"],
        ["simulate", "--scenario", "scenario.json"],
        ["simulate", "--scenario", f"none{BAD}.json"],
        ["simulate", "--scenario", "warns.json"],
        ["simulate", "--scenario", "warns.json", "--json"],
        ["simulate", "--path", BAD],
        ["simulate", BAD],
        ["check", "none", f"--junit={BAD}", f"--json={BAD}"],
        *(["simulate", "--machine", name] for name in modules),
        *(["machine", "diff", "exlab_gui.core.state_machine", name] for name in modules),
        *(["diagram", "--machine", name, "-o", "-", "--format", "mmd"] for name in modules),
        ["diagram", "-o", f"none/{BAD}.svg"],
        ["diagram", "-o", "-", "--format", BAD],
        ["watch", f"http://{BAD}"],
        ["watch", "http://127.0.0.1:1", "--session", BAD],
        ["record", "http://127.0.0.1:1", "-o", BAD],
        [BAD],
        [f"--{BAD}"],
    )
    assert table.initial.encode() in shown
    assert shown.count(b"exit code") > 30
    for own in OWN:
        shown = shown.replace(own, b"")
    shown = shown.replace(b"\r\n", b"\n").replace(b"\rChecking", b"\nChecking")
    for text in shown.decode().split("\n"):
        assert text.isprintable(), text
