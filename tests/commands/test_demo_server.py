"""``exlab-gui demo-server`` as it is used: in a process of its own, and over real sockets."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.sources.live.server_file import read_server_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")

PATIENCE_S = 30


@contextmanager
def serving(state, *options):
    """Give the process of a demo server that has printed its address, and that address."""
    command = [sys.executable, "-m", "exlab_gui", "demo-server", *options]
    environment = os.environ | {"XDG_STATE_HOME": str(state)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", 0)])
def test_it_serves_until_it_is_stopped(tmp_path, number):
    """It prints address and token, is found by its file, and stops cleanly and without a word."""
    path = tmp_path / "exlab-wizard" / "server.json"
    with serving(tmp_path) as (process, url):
        file = read_server_file(path)
        assert file.url == url
        assert process.stdout.readline() == f"Token for control routes: {file.control_token}\n"
        listed = httpx.get(f"{url}/api/v1/operations", timeout=PATIENCE_S).json()["operations"]
        assert {"input_required", "failed"} < {operation["state"] for operation in listed}
        process.send_signal(number)
        assert process.communicate(timeout=PATIENCE_S) == ("", "")
        assert process.returncode == 0
    assert not path.exists()


def test_a_server_that_is_not_set_up(tmp_path):
    """It says what is missing."""
    with serving(tmp_path, "--not-set-up") as (_, url):
        answer = httpx.get(f"{url}/api/v1/operations", timeout=PATIENCE_S)
    assert answer.status_code == 503
    missing = [{"field": "config.yaml", "reason": "missing"}]
    assert answer.json()["error"]["missing"] == missing


def test_a_port_in_use(tmp_path):
    """It is one sentence, and exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["demo-server", "--port", str(port)])
    assert result.exit_code == 1
    assert result.output == (
        f"Error: Port {port} is already in use. Choose another with --port, or leave it out.\n"
    )


def test_a_server_that_runs_already_is_told_of(tmp_path):
    """Its file is left alone; the second server can be reached by its address."""
    with serving(tmp_path) as (first, url), serving(tmp_path) as (second, other):
        assert url != other
        second.send_signal(signal.SIGTERM)
        said = second.communicate(timeout=PATIENCE_S)[1]
        assert f"is left as it is: the server of process {first.pid} wrote it." in said
        assert json.loads((tmp_path / "exlab-wizard" / "server.json").read_bytes())["pid"] == (
            first.pid
        )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--port", "65536"], "65536 is not in the range"),
        (["--rate", "0"], "0.0 is not in the range"),
    ],
)
def test_bad_use(options, message):
    """What makes no sense is told of with exit code 2."""
    result = CliRunner().invoke(main, ["demo-server", *options])
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_without_the_extra(missing):
    """One sentence says what to install."""
    code = f"""
import sys
sys.modules[{missing!r}] = None
from exlab_gui.cli import main
main(["demo-server"])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "Error: The demo server needs more than the monitor: pip install 'exlab-gui[server]'\n"
    )
