"""What the window says if a file cannot be written, as the page on troubleshooting has it."""

import asyncio
import os
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from shutil import rmtree

import pytest

from exlab_gui.core.trace import TraceWriter, load
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.models import patient_recorder, session_recording
from exlab_gui.models.background import jobs
from exlab_gui.sources.commands import Step, WalkTo
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.disk import read_only, room_for
from tests.helpers.pipes import make_pipe
from tests.helpers.window import open_window, settings, theme, window

__all__ = ["open_window", "settings", "theme", "window"]

PAGE = (Path(__file__).parents[2] / "docs" / "troubleshooting.md").read_text("utf-8")
FILES = [(export, form) for export in EXPORTERS for form in export.formats]


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the sentences of the page, by what happens, and with what."""
    for line in PAGE.split("\n## ")[1].splitlines():
        if line.startswith("| the ") or line.startswith("| a"):
            case, subjects, said, _ = (cell.strip() for cell in line[1:-1].split(" | "))
            for subject in subjects.split(", "):
                yield (
                    case,
                    subject.removeprefix("a ").removeprefix("an "),
                    re.findall("`(.*?)`", said),
                )


REMOVABLE = pytest.mark.skipif(os.name == "nt", reason="there, an open file cannot be removed")
SAID = {(case, subject): said for case, subject, said in rows()}


def sentence(case: str, subject: str, path: Path, place: int = 0) -> str:
    return SAID[case, subject][place].replace("FILE", str(path)).replace("NAME", path.name)


class Disk:
    """A window and a folder; whatever the window says is what a disk says that is really full."""

    def __init__(self, window: MonitorWindow, folder: Path) -> None:
        self.window = window
        self.session = window.session
        self.folder = folder
        self.path = folder / "a.exlab.jsonl"
        folder.mkdir()

    @property
    def said(self) -> str:
        return self.window.panes.messages.text.replace("File too large", "No space left on device")

    def record(self, *states: str) -> None:
        self.window.panes.messages.dismiss()
        self.window.recordings.record(self.path)
        self.step(*states)

    def step(self, *states: str) -> None:
        for state in states:
            assert self.session.request(Step(state))

    def settled(self, path: Path) -> None:
        """Assert that nothing but the old file is there."""
        assert path.read_text() == "old"
        assert not list(self.folder.glob(".*"))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing for long."""
    monkeypatch.setattr(jobs, "PATIENCE_S", 0.05)
    monkeypatch.setattr(jobs, "_SILENT_S", 0.05)
    monkeypatch.setattr(session_recording, "RETRY_MS", 20)


@pytest.fixture
async def disk(window: MonitorWindow, tmp_path: Path) -> AsyncIterator[Disk]:
    yield Disk(window, tmp_path / "disk")
    await close_window(window)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Have another open file hold the lock of the one at `path`, as another program would."""
    with path.open("r+b") as file:
        fcntl = pytest.importorskip("fcntl")
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


CASES: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "the disk is full": lambda _: room_for(3),
    "the folder is read-only": lambda path: read_only(path.parent),
    "another program uses the file": locked,
    "the folder is removed": lambda path: nullcontext(rmtree(path.parent)),
}


@pytest.mark.parametrize("case", CASES)
async def test_an_export(disk: Disk, case: str) -> None:
    """Each format of each export says the same; an old file is left as it was."""
    disk.session.request(WalkTo("done"))
    for export, form in FILES:
        path = disk.folder / f"a{form.suffixes[0]}"
        disk.folder.mkdir(exist_ok=True)
        path.write_text("old")
        with CASES[case](path):
            disk.window.panes.messages.dismiss()
            disk.window.exports.export(export, disk.session, path)
            await until(lambda: not disk.window.context.jobs.busy)
        assert disk.said == sentence(case, "export", path)
        if disk.folder.exists():
            disk.settled(path)


@pytest.mark.parametrize("case", CASES)
async def test_a_new_recording(disk: Disk, case: str) -> None:
    """It does not begin; an old file is left as it was."""
    is_there = case != "the folder is read-only"  # an old file there may be written
    if is_there:
        disk.path.write_text("old")
    with CASES[case](disk.path):
        disk.record()
    assert disk.said == sentence(case, "new recording", disk.path)
    assert disk.session.recorded_to is None
    if disk.folder.exists():
        assert [path.read_text() for path in disk.folder.iterdir()] == ["old"] * is_there


async def test_a_file_of_another_session(disk: Disk) -> None:
    """Neither a recording nor an export takes it."""
    case = "a session is recorded to the file"
    disk.record()
    disk.session = disk.window.session_actions.open()
    disk.record()
    assert disk.said == sentence(case, "new recording", disk.path)
    disk.window.panes.messages.dismiss()
    disk.window.exports.export(EXPORTERS[0], disk.session, disk.path)
    await until(lambda: not disk.window.context.jobs.busy)
    assert disk.said == sentence(case, "export", disk.path)


async def test_a_recording_on_a_full_disk(disk: Disk) -> None:
    """What is kept is said, then that it goes on; or at its end, what is missing."""
    case = "the disk is full"
    disk.record("validating")
    with room_for(disk.path.stat().st_size + 5):
        disk.step("rendering", "plugin_pass", "input_required")
        assert disk.said == sentence(case, "recording", disk.path)
    await until(lambda: disk.said == "Recording goes on. Nothing is missing in the file.")
    assert disk.said in PAGE
    assert load(disk.path).events == list(disk.session.history)
    disk.session.stop_recording()
    disk.session = disk.window.session_actions.open()
    disk.record("validating")
    with room_for(disk.path.stat().st_size + 5):
        disk.step("rendering", "plugin_pass", "input_required")
        disk.session.stop_recording()
    assert disk.said == sentence(case, "recording that is stopped", disk.path)


@REMOVABLE
async def test_a_recording_whose_folder_is_removed(disk: Disk) -> None:
    """That is said with the next event; the file is written anew."""
    disk.record("validating")
    rmtree(disk.folder)
    disk.step("rendering")
    assert disk.said == sentence("the folder is removed", "recording", disk.path)
    disk.folder.mkdir()
    disk.step("plugin_pass")
    assert load(disk.path).events == list(disk.session.history)


@REMOVABLE
async def test_a_recording_whose_file_is_removed(disk: Disk) -> None:
    """The file is written anew, unless another one takes its place."""
    disk.record("validating")
    before = disk.said
    disk.path.unlink()
    disk.step("rendering")
    assert disk.said == before
    assert SAID["the file is removed", "recording"] == []
    assert load(disk.path).events == list(disk.session.history)
    disk.path.unlink()
    disk.path.write_text("old")
    disk.step("plugin_pass")
    assert disk.said == sentence("another file takes its place", "recording", disk.path)
    disk.settled(disk.path)


async def test_a_recording_whose_file_is_changed(disk: Disk) -> None:
    """An emptied file is written anew; what another program writes there is left alone."""
    disk.record("validating")
    before = disk.said
    disk.path.write_bytes(b"")
    disk.step("rendering")
    assert disk.said == before
    assert SAID["another program empties the file", "recording"] == []
    assert load(disk.path).events == list(disk.session.history)
    disk.path.write_text("old")
    disk.step("plugin_pass")
    assert disk.said == sentence("another program writes to the file", "recording", disk.path)
    disk.settled(disk.path)


@REMOVABLE
async def test_a_recording_whose_folder_is_renamed(disk: Disk) -> None:
    """It goes on in the file that it is in; what comes to be in its old place is left alone."""
    disk.record("validating")
    before, moved = disk.said, disk.folder.with_name("moved")
    disk.folder.rename(moved)
    disk.step("rendering")
    disk.folder.mkdir()
    disk.path.write_text("old")
    disk.step("plugin_pass")
    assert disk.said == before
    assert SAID["the folder is renamed", "recording"] == []
    assert load(moved / disk.path.name).events == list(disk.session.history)
    disk.settled(disk.path)


async def test_a_drive_that_does_not_answer(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window goes on, and so does the recording once the drive answers."""
    case, answers, append = "the drive does not answer", threading.Event(), TraceWriter.append
    monkeypatch.setattr(patient_recorder, "PATIENCE_S", 0.02)
    monkeypatch.setattr(TraceWriter, "append", lambda *what: (answers.wait(), append(*what))[0])
    disk.record("validating")
    assert disk.said == sentence(case, "recording", disk.path)
    answers.set()
    await until(lambda: disk.said == "Recording goes on. Nothing is missing in the file.")
    answers.clear()
    disk.step("rendering")
    disk.session.stop_recording()
    assert disk.said == sentence(case, "recording that is stopped", disk.path)
    answers.set()


async def test_a_new_recording_on_a_drive_that_does_not_answer(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not begin."""
    answers = threading.Event()
    monkeypatch.setattr(patient_recorder, "OPENING_S", 0.02)
    monkeypatch.setattr(TraceWriter, "__init__", lambda *_, **__: answers.wait())
    disk.record()
    assert disk.said == sentence("the drive does not answer", "new recording", disk.path)
    assert disk.session.recorded_to is None
    answers.set()  # let the thread go, that waits in it


async def test_an_export_to_a_drive_that_does_not_answer(disk: Disk) -> None:
    """Nobody reads a pipe, so that writing to it never begins; it can be stopped."""
    case = "the drive does not answer"
    for export, form in FILES:
        path = disk.folder / f"{export.action}{form.suffixes[0]}"
        make_pipe(path)
        disk.window.panes.messages.dismiss()
        disk.window.exports.export(export, disk.session, path)
        await until(lambda: disk.said)
        assert disk.said == sentence(case, "export", path)
        disk.window.panes.messages.end()
        await until(lambda: not disk.window.context.jobs.busy)
        assert disk.said == sentence(case, "export", path, 1)
        # Let the thread go, that waits in it.
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))


async def test_a_pipe_is_not_recorded_to(disk: Disk) -> None:
    """It would take the events and keep none."""
    make_pipe(disk.path)
    disk.record()
    case = "the file is a pipe or a device"
    assert disk.said == sentence(case, "new recording", disk.path)


def test_the_page_tells_nothing_else() -> None:
    """Every sentence of the table is asserted by a test of this folder."""
    told = "".join(tests.read_text("utf-8") for tests in Path(__file__).parent.glob("test_*.py"))
    for case, subject in SAID:
        assert f'"{case}"' in told
        assert f'"{subject}"' in told
