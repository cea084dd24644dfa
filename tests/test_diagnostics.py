"""The diagnostics: all that a report of a fault needs, and nothing that tells who or what about."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import msgspec
from click.testing import CliRunner

import exlab_gui
from exlab_gui.cli import main
from exlab_gui.diagnostics import diagnostics, package_version, without_home
from exlab_gui.sources.live.server_file import ServerFile


def test_every_package_that_the_program_needs_is_told() -> None:
    """A report of a fault says what the program is built on."""
    told = diagnostics()["packages"]
    wanted = ("click", "msgspec", "networkx", "platformdirs", "qasync", "websockets")
    assert {name: told.get(name) for name in wanted} == {n: package_version(n) for n in wanted}
    assert told["click"] == package_version("click") != "not installed"
    assert "starlette" in told
    assert "pytest" not in told


def test_a_package_that_is_not_there() -> None:
    """A broken installation is what a report may be about."""
    assert package_version("no-such-package") == "not installed"


def test_the_home_folder_is_not_told() -> None:
    """Its name is often that of the user."""
    home = str(Path.home())
    told = without_home({"a": [f"{home}/x", 1], "b": {"c": f"in {home}: {home}/y"}})
    assert told == {"a": ["~/x", 1], "b": {"c": "in ~: ~/y"}}


def test_the_command_prints_them_without_qt(tmp_path: Path) -> None:
    """On one line or the other way round, readable by programs; tokens and secrets stay away."""
    state = tmp_path / "exlab-wizard"
    state.mkdir()
    file = ServerFile(4711, os.getpid(), "", "secret token")
    (state / "server.json").write_bytes(msgspec.json.encode(file))
    code = (
        "import sys; from exlab_gui.__main__ import main\n"
        "sys.argv[1:] = ['--json', '--version']\n"
        "try: main()\n"
        "finally: print('PySide6' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ
        | {"XDG_STATE_HOME": str(tmp_path), "QT_SCALE_FACTOR": "1.5\x1b", "HTTP_PROXY": "u:pass@x"},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["exlab-gui"] == exlab_gui.__version__
    assert told["python"]["version"] == sys.version
    assert told["variables"]["QT_SCALE_FACTOR"] == "1.5\x1b"
    assert "\x1b" not in done.stdout
    assert "pass" not in done.stdout
    assert "secret" not in done.stdout
    assert done.stderr == "False\n"
    if sys.platform == "linux":
        assert f"http://127.0.0.1:4711, process {os.getpid()}, running." in told["server"]


def test_json_alone_is_refused() -> None:
    """It is for versions; commands have options of their own."""
    for args in (["--json"], ["--json", "simulate"]):
        result = CliRunner().invoke(main, args)
        assert result.exit_code == click.UsageError.exit_code
        assert "--json is for --version, or stands after the command." in result.output
