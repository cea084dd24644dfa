"""Whatever `record` writes of the demo's sessions becomes a test, or is refused for a reason."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pytest

from exlab_gui.core.trace import load
from exlab_gui.export.pytest_source import to_pytest
from exlab_gui.export.reproduce import ReproduceError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="commands are stopped by signals")

SESSIONS = 15
REASONS = ("were not observed", "fits nowhere between the states")
"""Parts of the reasons in docs/testing.md that such recordings may have."""


@contextmanager
def started(*args: str) -> Iterator[IO[str]]:
    """Give what a command prints; stop it at the end."""
    command = [sys.executable, "-m", "exlab_gui", *args]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the recordings of a second with a server that is as quick as a real one."""
    folder = tmp_path_factory.mktemp("recorded")
    with ExitStack() as stack:
        server = stack.enter_context(started("demo-server", "--rate", "100"))
        url = server.readline().strip()
        recording = stack.enter_context(started("record", "-o", str(folder), url))
        for _ in range(SESSIONS):
            assert recording.readline()
    return sorted(folder.iterdir())


def why_refused(path: Path) -> str:
    """Return why the recording at `path` is refused; empty if it becomes a test."""
    try:
        compile(to_pytest(load(path)), path.name, "exec")
    except ReproduceError as refused:
        return str(refused)
    return ""


def test_each_becomes_a_test_of_the_window(recordings: list[Path]) -> None:
    """The test takes the states that were recorded; else the reason is in the documents."""
    assert len(recordings) >= SESSIONS
    refused = [why for path in recordings if (why := why_refused(path))]
    assert [why for why in refused if not any(reason in why for reason in REASONS)] == []
    assert len(refused) < SESSIONS / 2
