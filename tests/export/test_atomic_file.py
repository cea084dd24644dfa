"""Files are written as a whole, or not at all, and into whatever stands at their path."""

import os
import threading
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from exlab_gui.core.trace import TraceWriter, load
from exlab_gui.export.atomic_file import atomic_write, why_not_written
from tests.core.trace.kept import SHORT, file_bytes
from tests.helpers.pipes import make_pipe


def write(path: Path, data: bytes = b"new") -> None:
    with atomic_write(path) as file:
        file.write(data)


def write_half(path: Path, error: type[BaseException]) -> None:
    with atomic_write(path) as file:
        file.write(b"new" * 100_000)
        raise error


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_there_and_nothing_else(tmp_path: Path) -> None:
    """A new file has the permissions that any program of the user gives it."""
    write(tmp_path / "a")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_writing_that_fails_leaves_what_was_there(
    tmp_path: Path, error: type[BaseException]
) -> None:
    """The old file stays as it was, however far the new one had come, and nothing is left over."""
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(error):
        write_half(tmp_path / "a", error)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_permissions_are_kept(tmp_path: Path, mode: int) -> None:
    """A file that nobody else may read is not opened to all by writing it again."""
    path = tmp_path / "a"
    path.touch()
    path.chmod(mode)
    before = path.stat().st_mode
    write(path)
    assert (path.read_bytes(), path.stat().st_mode) == (b"new", before)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_file_that_the_user_may_not_write_is_refused(tmp_path: Path) -> None:
    """That the folder could be written does not count."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o400)
    with pytest.raises(PermissionError):
        write(path)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("there", [True, False])
def test_a_symbolic_link_is_followed(tmp_path: Path, there: bool) -> None:
    """The file that it leads to is written, also if that is missing; the link stays a link."""
    target, link = tmp_path / "folder" / "target", tmp_path / "link"
    target.parent.mkdir()
    if there:
        target.write_bytes(b"old")
    link.symlink_to(target)
    write(link)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(target.parent) == ["target"]


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    """Nothing changes."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(OSError, match="loop"):
        write(tmp_path / "loop")
    assert names(tmp_path) == ["loop"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has none")
def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    """Whoever reads from it gets the data; it stays a pipe."""
    path = tmp_path / "pipe"
    make_pipe(path)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()), daemon=True)
    reader.start()
    write(path)
    reader.join(10)
    assert read == [b"new"]
    assert path.is_fifo()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has none")
def test_a_device_is_written_into() -> None:
    """It stays a device, whoever the user is."""
    ours, theirs = os.openpty()
    try:
        path = Path(os.ttyname(theirs))
        write(path)
        assert os.read(ours, 10) == b"new"
        assert path.is_char_device()
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.skipif(os.name == "nt" or not Path("/dev/fd").is_dir(), reason="this system has none")
def test_an_open_file_of_this_process_is_written_into(tmp_path: Path) -> None:
    """What the shell sends a program's output to is not taken from under it."""
    path, link = tmp_path / "a", tmp_path / "link"
    with path.open("wb") as file:
        before = path.stat().st_ino
        link.symlink_to(f"/dev/fd/{file.fileno()}")
        for name in (link.readlink(), link):
            path.write_bytes(b"")
            write(name)
            assert path.read_bytes() == b"new"
            assert path.stat().st_ino == before


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="this system has none")
def test_a_file_beside_devices_is_replaced() -> None:
    """Programs share memory in files that lie among the devices: these are files as any other."""
    with TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder, "a")
        path.write_bytes(b"old")
        with pytest.raises(KeyboardInterrupt):
            write_half(path, KeyboardInterrupt)
        assert path.read_bytes() == b"old"
        assert names(Path(folder)) == ["a"]


@pytest.mark.parametrize("name", ["", ".", "..", "/", "folder"])
def test_what_is_no_name_of_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A folder stays a folder, and the reason is a sentence."""
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        write(Path(name))
    assert names(tmp_path) == ["folder"]


@pytest.mark.parametrize("name", ["missing/a", "a\0b", "x" * 300])
def test_a_path_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    """As OSError that names it, before anything is written."""
    with pytest.raises(OSError, match=r"No such|Invalid|too long") as refused:
        write(tmp_path / name)
    assert refused.value.filename == str(tmp_path / name)
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["x" * 255, "é" * 127, ".hidden", "a b.c"])
def test_every_legal_name_is_taken(tmp_path: Path, name: str) -> None:
    """A name that is as long as the file system allows is written like any other."""
    path = tmp_path / name
    write(path)
    write(path, b"again")
    assert path.read_bytes() == b"again"


@pytest.mark.skipif(
    os.name == "nt" or not Path("/dev/full").exists(), reason="this system has none"
)
def test_a_full_disk_is_told() -> None:
    """The sentence has the name that was asked for, and no number."""
    path = Path("/dev/full")
    with pytest.raises(OSError, match="No space") as full:
        write(path)
    assert why_not_written(path, full.value) == (
        "/dev/full cannot be written: No space left on device."
    )


def test_two_at_once_do_not_mix(tmp_path: Path) -> None:
    """Each writes a draft of its own: the file is the one that was finished last, and whole."""
    path = tmp_path / "a"
    with atomic_write(path) as first, atomic_write(path) as second:
        first.write(b"first")
        second.write(b"second")
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_recording_that_begins_meanwhile_is_not_replaced(tmp_path: Path, is_there: bool) -> None:
    """Writing may take long: whether somebody records to the file is asked at its end, too."""
    path = tmp_path / "a"
    if is_there:
        path.touch()
    writing = ExitStack()
    writing.enter_context(atomic_write(path)).write(b"new")
    with TraceWriter(path, SHORT.header) as recorder:
        with pytest.raises(OSError, match="is being recorded to it"):
            writing.close()
        recorder.append(*SHORT.events)
    assert load(path).events == SHORT.events
    assert names(tmp_path) == ["a"]


def test_a_file_that_is_recorded_to_is_not_replaced(tmp_path: Path) -> None:
    """The recording would go on in a file that has no name any more: it is refused, and why."""
    path = tmp_path / "a.exlab.jsonl"
    with TraceWriter(path, SHORT.header) as writer:
        with pytest.raises(OSError, match="is being recorded to it") as refused:
            write(path)
        for event in SHORT.events:
            writer.append(event)
    label = SHORT.header.label
    assert why_not_written(path, refused.value) == (
        f"{path} cannot be written: session {label} is being recorded to it."
    )
    assert path.read_bytes() == file_bytes(SHORT)
    assert names(tmp_path) == ["a.exlab.jsonl"]
    write(path)
