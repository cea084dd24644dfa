"""Tests of a server, made from recordings, and what they open there."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.cli import main
from exlab_gui.core.trace import Recording
from exlab_gui.export.recording import save
from exlab_gui.export.reproduce import ReproduceError
from exlab_gui.export.wizard_source import to_wizard_test
from exlab_gui.testing import NotPossibleError
from exlab_gui.testing.wizard import connected
from tests.helpers.pipes import make_pipe
from tests.helpers.programs import environment
from tests.testing.recorded import as_polled, forked, recording_of
from tests.testing.subprocesses import run_pytest


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a demo server, in a process of its own."""
    command = [sys.executable, "-m", "exlab_gui", "demo-server", "--empty", "--rate", "200"]
    home = environment(tmp_path_factory.mktemp("state"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=home) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def recorded(name: str, count: int | None = None) -> Recording:
    """Return the first events of a session that says with which request it was opened."""
    recording = recording_of(name, find_scenario(name))
    header = replace(recording.header, request=find_scenario(name).request)
    return replace(recording, header=header, arrivals=recording.arrivals[:count])


def test_they_pass_on_a_server(url: str, tmp_path: Path) -> None:
    """Answers are given, cancels sent, and the end is asserted, by the server's own API."""
    names = ("happy_path", "asks_once", "asks_twice", "cancelled_while_asked", "internal_error")
    for name in names:
        (tmp_path / f"test_{name}.py").write_text(to_wizard_test(recorded(name)), "utf-8")
    told = run_pytest(tmp_path, "--exlab-wizard", url, plugins=["exlab_gui.testing"])
    assert f"{len(names)} passed" in told, told
    told = run_pytest(tmp_path, plugins=["exlab_gui.testing"])
    assert f"{len(names)} skipped" in told


def test_a_session_is_driven(url: str) -> None:
    """What the server does not take is told, and what never comes ends the wait."""
    with connected(url) as wizard:
        session = wizard.open(
            find_scenario("asks_once").request | {"kind": "run", "lims_project": None}
        )
        session.wait_for("input_required")
        session.answer(sample_id="")
        session.wait_for("input_required")
        session.cancel(discard_files=True)
        with pytest.raises(TimeoutError, match="The session is in aborted, not done"):
            session.wait_for("done")
        with pytest.raises(NotPossibleError, match="The session is over"):
            session.cancel()
        assert session.error is not None
        assert session.error["code"] == "cancelled"
        with pytest.raises(ValueError, match="did you mean"):
            session.wait_for("abort")


CANCELLED = forked(recording_of("x", find_scenario("happy_path")), 3).events


@pytest.mark.parametrize(
    ("recording", "reason"),
    [
        (as_polled(recording_of("x", find_scenario("happy_path"))), "with which request it was"),
        (recorded("abandoned"), "takes an hour"),
        (recorded("plugin_fails", 5), "never ended: it is in plugin_pass"),
        (replace(recorded("happy_path"), arrivals=CANCELLED), "was cancelled in rendering"),
    ],
)
def test_what_makes_none_is_refused(recording: Recording, reason: str) -> None:
    """With the reason."""
    with pytest.raises(ReproduceError, match=reason):
        to_wizard_test(recording)


def test_the_command_makes_them(tmp_path: Path) -> None:
    """With a request of its own, if the recording has none."""
    kept, request, made = (tmp_path / name for name in ("a.exlab.jsonl", "a.json", "test_a.py"))
    save(kept, as_polled(recording_of("x", find_scenario("happy_path"))))
    command = ["make-test", str(kept), "-o", str(made), "--request", str(request)]
    request.write_text("[]")
    for target, reason in (
        ("window", "--request is for"),
        ("exlab-wizard", "it must be an object, not a list"),
    ):
        assert reason in CliRunner().invoke(main, [*command, "--target", target]).stderr
    request.write_text('{"label": "mine"}')
    assert CliRunner().invoke(main, [*command, "--target", "exlab-wizard"]).exit_code == 0
    assert "REQUEST = {'label': 'mine'}" in made.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="such files are not there")
@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (make_pipe, "This is a device or a pipe, not a file."),
        (Path.mkdir, "This is a folder."),
        (lambda path: path.write_bytes(b'{"a":"\xff"}'), "cannot be understood."),
        (lambda path: path.write_bytes(b"{"), "it is cut off."),
    ],
)
def test_a_request_that_cannot_be_read(tmp_path: Path, made: Any, reason: str) -> None:
    """It is refused in one sentence, and not waited for."""
    save(tmp_path / "a", as_polled(recording_of("x", find_scenario("happy_path"))))
    made(tmp_path / "body")
    command = ["make-test", str(tmp_path / "a"), "-o", "-", "--target", "exlab-wizard"]
    done = CliRunner().invoke(main, [*command, "--request", str(tmp_path / "body")])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {tmp_path / 'body'}: ")
    assert done.stderr.endswith(f"{reason}\n")
