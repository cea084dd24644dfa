"""Builds the program as a folder that needs no Python, and tries it as a lab would use it.

    python tools/bundle.py [--no-build] [FOLDER]

FOLDER is build/bundle by default; the bundle is the folder exlab-gui in it. It is tried from a
read-only copy in a folder with spaces and umlauts, with an empty environment, and by a user without
rights if root tries it. The extra "bundle" installs what is needed.
"""

import argparse
import json
import os
import shutil
import signal
import stat
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "installers" / "exlab-gui.spec"
NOBODY = 65534
MOST = 1.5
"""How many times as long as that of the source the start may take."""

MACHINE = """
from dataclasses import dataclass
from enum import StrEnum
import statistics

class SessionState(StrEnum):
    PENDING = "pending"
    WAITING = "waiting"
    DONE = "done"

VALID_TRANSITIONS = {"pending": {"waiting"}, "waiting": {"done"}}

def state_to_phase(state):
    return None
"""


def build(folder: Path) -> None:
    made = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    from make_icons import make_icons

    make_icons(ROOT / "build" / "icons")
    work = folder.with_name(f"{folder.name}-work")
    subprocess.run(
        [*made, "--distpath", str(folder), "--workpath", str(work), str(SPEC)], check=True
    )


class Bundle:
    """The bundle in `folder`, run in `home` with nothing else in its environment."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.program = folder / ("exlab-gui.exe" if sys.platform == "win32" else "exlab-gui")
        self.home = home
        kept = ("SYSTEMROOT", "TEMP") if sys.platform == "win32" else ()
        self._environment = {name: os.environ[name] for name in kept}
        if sys.platform == "win32":  # PySide6 asks for the path, which every user has there
            self._environment["PATH"] = str(Path(os.environ["SYSTEMROOT"], "System32"))
        homes = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA")
        self._environment |= dict.fromkeys(homes, str(home))
        self._user: Any = {}
        if sys.platform != "win32" and os.geteuid() == 0:
            self._user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chown(home, NOBODY, NOBODY)

    def run(self, *arguments: str, status: int = 0, **more: str) -> str:
        """Return what the command prints. Raises AssertionError if it ends otherwise."""
        with self.started(*arguments, **more) as process:
            printed, said = process.communicate(timeout=120)
        assert process.returncode == status, f"{arguments}: {process.returncode}\n{said}\n{printed}"
        return printed

    @contextmanager
    def started(self, *arguments: str, **more: str) -> "Iterator[subprocess.Popen[str]]":
        process = subprocess.Popen(
            [self.program, *arguments],
            env=self._environment | more,
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            **self._user,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def tell_versions(bundle: Bundle) -> str:
    told = json.loads(bundle.run("--version", "--json"))
    assert told["bundle"], told
    missing = [name for name, number in told["packages"].items() if number == "not installed"]
    assert len(told["packages"]) > 8, told["packages"]
    assert not missing, missing
    return f"{told['exlab-gui']} on Python {told['python']['version'].split()[0]}"


def simulate(bundle: Bundle) -> str:
    lines = bundle.run("simulate", "--scenario", "asks_once", "--json").splitlines()
    assert json.loads(lines[-1])["state"] == "done"
    return f"{len(lines)} events"


def draw(bundle: Bundle) -> str:
    sizes = []
    for kind in ("svg", "png", "pdf", "dot", "mmd"):
        bundle.run("diagram", "-o", f"Zustände.{kind}")
        sizes.append(f"{kind} {(bundle.home / f'Zustände.{kind}').stat().st_size:,}")
    return ", ".join(sizes)


def other_machine(bundle: Bundle) -> str:
    (bundle.home / "next.py").write_text(MACHINE, encoding="utf-8")
    printed = bundle.run("simulate", "--machine", "next.py", "--path", "waiting,done")
    assert "waiting" in printed, printed
    bundle.run("machine", "diff", "exlab_gui.core.state_machine", "next.py", status=1)
    return "simulate --machine, machine diff"


def check_in_parallel(bundle: Bundle) -> str:
    """Check more than is checked in one process."""
    from exlab_gui.commands.check import PARALLEL_FROM

    lines = bundle.run("simulate", "--json").splitlines()
    assert lines
    for name in ("a", "b"):
        _write_long_recording(bundle.home / f"{name}.exlab.jsonl", PARALLEL_FROM)
    printed = bundle.run("check", "a.exlab.jsonl", "b.exlab.jsonl")
    return printed.strip().replace("\n", "; ")


def _write_long_recording(path: Path, size: int) -> None:
    from datetime import timedelta

    from exlab_gui.core.clock import utc_now
    from exlab_gui.core.machine import CREATION_MACHINE
    from exlab_gui.core.protocol.events import Event, Origin
    from exlab_gui.core.trace import Recording, new_header

    start = utc_now()
    states = ("pending", "validating", "rendering", *("plugin_pass", "input_required") * 50_000)
    events = [
        Event(seq, start + timedelta(seconds=seq), state, Origin.OBSERVED)
        for seq, state in enumerate(states, 1)
    ]
    lines = list(Recording(new_header(CREATION_MACHINE, "long", "live", start), events).lines())
    with path.open("wb") as file:
        file.writelines(lines)
    assert path.stat().st_size > size / 2, path.stat().st_size


def open_window(bundle: Bundle) -> str:
    """Play a scenario in a hidden window, since nothing names a display."""
    if sys.platform in ("win32", "darwin"):
        return "there is always a display here, so that the window stays; attach opens a hidden one"
    *lines, picture = bundle.run("--scenario", "asks_once").splitlines()
    assert Path(picture).stat().st_size > 10_000, picture
    return f"{len(lines)} events, a picture of {Path(picture).stat().st_size:,} bytes"


def serve_and_attach(bundle: Bundle) -> str:
    """Serve sessions, watch them, and attach a hidden window to them."""
    hidden = {"QT_QPA_PLATFORM": "offscreen"}
    with bundle.started("demo-server", "--rate", "20") as server:
        assert server.stdout
        url = server.stdout.readline().strip()
        with bundle.started("watch", "--json") as watching:
            assert watching.stdout
            seen = json.loads(watching.stdout.readline())
        with bundle.started("attach", **hidden) as window:
            port = _connected_to(window)
            assert url.endswith(f":{port}"), (url, port)
            _end(window, 143)
        _end(server, 0)
    assert seen["session_id"], seen
    return f"{url}, session {seen['session_id']}"


def _connected_to(process: "subprocess.Popen[str]") -> int:
    """Return the port of the server that `process` has connected to."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        for connection in psutil.Process(process.pid).net_connections("tcp"):
            if connection.status == psutil.CONN_ESTABLISHED:
                return int(connection.raddr.port)
        time.sleep(0.05)
    raise AssertionError("The window does not connect.")


def _end(process: "subprocess.Popen[str]", status: int) -> None:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    if sys.platform != "win32":  # there, that signal ends a program on the spot
        assert process.returncode == status, process.returncode


def bring_languages(bundle: Bundle) -> str:
    """Bring the texts of each language, Qt's own as well."""
    inside = bundle.program.parent
    texts = [path.stem for path in inside.rglob("exlab_gui/resources/translations/*.mo")]
    assert texts, "no catalogue"
    for language in texts:
        assert list(inside.rglob(f"translations/qtbase_{language}.qm")), language
    return ", ".join(texts)


def start_quickly(bundle: Bundle) -> str:
    """Start as fast as from the source."""

    def lasts(command: list[str]) -> float:
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=bundle.home)
        return time.perf_counter() - began

    told = []
    for arguments in (["simulate"], ["diagram", "-o", "start.png"]):
        pairs = [
            (lasts([str(bundle.program), *arguments]), lasts([*_FROM_SOURCE, *arguments]))
            for _ in range(9)
        ]
        ours, source = (statistics.median(times) for times in zip(*pairs, strict=True))
        told.append(f"{arguments[0]} {ours:.2f} s, {ours / source:.2f} × that of the source")
        assert ours / source < MOST or ours - source < 0.1, told
    return "; ".join(told)


_FROM_SOURCE = [sys.executable, "-m", "exlab_gui"]
TRIALS = (
    *(tell_versions, simulate, draw, other_machine, check_in_parallel, open_window),
    *(serve_and_attach, bring_languages, start_quickly),
)


def try_out(made: Path) -> None:
    """Print what each trial found. Raises AssertionError at the first that fails."""
    with tempfile.TemporaryDirectory(prefix="exlab gui ä ö ") as place:
        Path(place).chmod(0o755)
        folder, home = Path(place, "Program Files (ü)", "exlab-gui"), Path(place, "Ada Lovelace ß")
        home.mkdir()
        shutil.copytree(made, folder, symlinks=True)
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
        bundle = Bundle(folder, home)
        try:
            for trial in TRIALS:
                print(f"{trial.__name__}: {trial(bundle)}", flush=True)
        finally:
            for path in (folder, *folder.rglob("*")):
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | stat.S_IWUSR)


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "bundle")
    parser.add_argument("--no-build", action="store_true", help="try the one that is there")
    given = parser.parse_args()
    if not given.no_build:
        build(given.folder)
    made = given.folder / "exlab-gui"
    print(f"{made}: {_size(made) / 1e6:.0f} MB", flush=True)
    try_out(made)
