"""What a monkey finds in its folder: recordings, scenarios and other files, whole and damaged."""

import json
from pathlib import Path

from exlab_gui.bundled_scenarios import bundled_scenarios
from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.file import load_scenario
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.core.trace import ENDING, Recording, new_header
from exlab_gui.export.recording import save
from tests.helpers.hostile import HOSTILE, hostile_recording
from tests.helpers.other_machines import OTHERS
from tests.helpers.sessions import session_in


def furnish(folder: Path) -> list[Path]:
    """Fill `folder`, and return what is there to be opened and dropped."""
    folder.mkdir()
    for name, path in bundled_scenarios().items():
        (folder / path.name).write_bytes(path.read_bytes())
        events = list(simulate(load_scenario(path, CREATION_MACHINE), CREATION_MACHINE, utc_now()))
        header = new_header(CREATION_MACHINE, name, "simulated", events[0].at)
        save(folder / f"{name}{ENDING}", Recording(header, events))
    for number, machine in enumerate(OTHERS.values()):
        session = session_in("pending", machine) if "pending" in machine.states else None
        if session is not None:
            save(folder / f"other_{number}{ENDING}", session.source.recording())
    whole = (folder / f"asks_twice{ENDING}").read_bytes()
    lines = whole.splitlines(keepends=True)
    damaged = {
        "cut": whole[:-40],
        "header_only": lines[0],
        "leaps": b"".join(lines[:3] + lines[6:]),
        "backwards": b"".join([lines[0], *reversed(lines[1:])]),
        "twice": whole * 2,
        "noise": b"".join(lines[:5]) + b"\xff\x00{]\n" + b"".join(lines[5:]),
        "hostile": hostile_recording(HOSTILE["ansi"]),
        "empty": b"",
    }
    for name, data in damaged.items():
        (folder / f"{name}{ENDING}").write_bytes(data)
    (folder / "broken.json").write_bytes(b'{"title": "Broken", "steps": [')
    illegal = {"title": "Leap", "steps": [{"do": "enter", "state": "done", "after": 0}]}
    (folder / "illegal.json").write_text(json.dumps(illegal))
    (folder / "notes.txt").write_text("These are notes.\n")
    (folder / "a folder").mkdir()
    return [*sorted(folder.iterdir()), folder / f"missing{ENDING}", folder / "missing.json"]
