"""The index of a folder of recordings: always what the recordings say, whatever befell it."""

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import PurePosixPath, PureWindowsPath
from random import Random

import pytest

from exlab_gui.archive import index as index_module
from exlab_gui.archive import reading, schema, search
from exlab_gui.archive.index import ArchiveIndex, Changes
from exlab_gui.archive.schema import microseconds
from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.trace import ENDING
from tests.helpers.lab import lab_recording, write_lab

COUNT = 14


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Return a folder of recordings, which no test changes."""
    folder = tmp_path_factory.mktemp("lab")
    write_lab(folder, range(COUNT))
    return folder


@pytest.fixture
def index(lab, tmp_path):
    return ArchiveIndex(lab, tmp_path / "index" / "lab")


@pytest.fixture
def own(lab, tmp_path):
    """Return a copy of the recordings that a test may change, and the index of it."""
    shutil.copytree(lab, tmp_path / "lab")
    return ArchiveIndex(tmp_path / "lab", tmp_path / "index" / "lab")


def content(index):
    """Return all that the index says, but for the numbers of its sessions."""
    with index.reading() as db:
        of = "JOIN sessions ON session = id"
        sessions = f"SELECT key, files, text, lasted, waiting, problems FROM found {of}"
        visits = f"SELECT key, place, visits.state, known, dwell, plugin FROM visits {of}"
        plugins = f"SELECT key, plugin, failed FROM plugins {of}"
        return [sorted(db.execute(query)) for query in (sessions, visits, plugins)]


def is_in_order(index):
    with index.reading() as db:
        return schema.is_in_order(db)


def files(index):
    return [path for path in index._file.parent.iterdir() if path.suffix != ".lock"]


def test_it_has_the_facts_of_every_recording(index):
    """Each session has the names, the outcome and the times of its recording's summary."""
    assert index.update() == Changes(COUNT, 0)
    with index.reading() as db:
        db.row_factory = sqlite3.Row
        rows = {row["label"]: row for row in db.execute("SELECT * FROM sessions")}
        times = db.execute("SELECT session, sum(dwell) FROM visits GROUP BY session").fetchall()
    for number in range(COUNT):
        recording = lab_recording(number)
        one = summarize(recording.header, recording.events)
        row = rows.pop(one.label)
        for name in ("equipment", "project", "run", "operator", "outcome", "error_code", "events"):
            assert row[name] == getattr(one, name)
        assert row["start"] == microseconds(one.start)
        assert row["plugins"] == " ".join(one.plugins)
        assert dict(times)[row["id"]] == row["lasted"]
    assert not rows


def test_only_what_has_changed_is_read_again(own):
    """An update reads new and changed files, and forgets those that are gone."""
    own.update()
    assert own.update() == Changes(0, 0)
    first, second, *_ = sorted(own.folder.rglob(f"*{ENDING}"))
    first.unlink()
    with second.open("ab") as file:
        file.write(b"\n")
    (own.folder / f"new{ENDING}").write_bytes(b"".join(lab_recording(90).lines()))
    assert own.update() == Changes(2, 1)
    fresh = ArchiveIndex(own.folder, own._file.with_name("fresh"))
    fresh.update()
    assert content(own) == content(fresh)


def test_a_session_in_several_files_is_one(own):
    """A session that was recorded twice is one, also when one of its files is gone."""
    own.update()
    before = content(own)
    recording = lab_recording(3)
    second = own.folder / f"again{ENDING}"
    second.write_bytes(b"".join(recording.lines()))
    own.update()
    with own.reading() as db:
        assert db.execute("SELECT count(*), max(files) FROM sessions").fetchone() == (COUNT, 2)
    second.unlink()
    own.update()
    assert content(own) == before


def test_of_two_files_that_tell_as_much_the_first_by_name_counts(own):
    """Which of them was read last does not matter: the index is that which is made anew."""
    lines = list(lab_recording(3).lines())
    other = [*lines[:2], lines[2].replace(b"validating", b"rendering"), *lines[3:]]
    files = [own.folder / f"{name}{ENDING}" for name in "ab"]
    for path, told in zip(files, (lines, other), strict=True):
        path.write_bytes(b"".join(told))
    for path in files:
        own.update()
        fresh = ArchiveIndex(own.folder, own._file.with_name(f"fresh-{path.stem}"))
        fresh.update()
        assert content(own) == content(fresh)
        with path.open("ab") as file:
            file.write(b"\n")


def test_the_number_of_a_session_is_never_that_of_another(own):
    """Who still has it, as a question whether to delete, gets nothing instead of another one."""
    own.update()
    with own.reading() as db:
        (newest,) = db.execute("SELECT max(id) FROM sessions").fetchone()
        (path,) = search.paths(db, [newest])
    own.path_of(path).unlink()
    own.update()
    write_lab(own.folder, range(COUNT, COUNT + 1))
    own.update()
    with own.reading() as db:
        assert search.count(db) == COUNT
        assert (search.rows(db, [newest]), search.paths(db, [newest])) == ([], [])


def test_an_index_that_is_made_anew_gives_no_number_again(own):
    """Who has numbers of the one that was deleted, to delete sessions say, gets none of another."""
    own.update()
    with own.reading() as db:
        before = list(search.find(db, search.Query()))
    own._file.unlink()
    own.update()
    with own.reading() as db:
        assert min(search.find(db, search.Query())) > max(before)
        assert search.paths(db, before) == []


def test_a_file_that_is_no_recording_is_noted(own):
    """A file that cannot be read has no session; the index has the reason."""
    (own.folder / f"bad{ENDING}").write_bytes(b"no recording")
    own.update()
    with own.reading() as db:
        [(path, fault)] = db.execute("SELECT path, fault FROM files WHERE fault != ''")
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (COUNT,)
    assert (path, own.path_of(path).read_bytes()) == (f"bad{ENDING}".encode(), b"no recording")
    assert fault.startswith("Not an exlab recording")


def test_without_an_index_there_are_no_sessions(index):
    """What is not indexed yet is empty, and makes no file."""
    assert content(index) == [[], [], []]
    assert not index._file.parent.exists()


@pytest.fixture(scope="session")
def whole(lab, tmp_path_factory):
    """Return a sound index, which no test changes, and what it says."""
    index = ArchiveIndex(lab, tmp_path_factory.mktemp("whole") / "lab")
    index.update()
    return index, content(index)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_index_is_made_anew(index, whole, seed):
    """Wherever a byte is changed, or the files are cut: after an update nothing is missing."""
    sound, says = whole
    random = Random(seed)
    shutil.copytree(sound._file.parent, index._file.parent)
    victim = random.choice(sorted(path for path in files(index) if path.stat().st_size))
    data = bytearray(victim.read_bytes())
    if seed % 5 == 0:
        del data[random.randrange(len(data)) :]
    elif seed % 7 == 0:
        victim.unlink()
    else:
        for _ in range(random.choice((1, 20))):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    victim.write_bytes(data)
    index.update()
    assert content(index) == says


@pytest.mark.parametrize(
    ("file", "address"),
    [
        (
            PurePosixPath("/home/Ada L/50% & '?#ß'"),
            "/home/Ada%20L/50%25%20%26%20%27%3F%23%C3%9F%27",
        ),
        (PureWindowsPath(r"C:\Users\Jörg\i.sqlite"), "/C:/Users/J%C3%B6rg/i.sqlite"),
        (PureWindowsPath(r"\\lab\share\i.sqlite"), "//lab/share/i.sqlite"),
    ],
)
def test_it_is_read_wherever_it_is(file, address):
    """Also on a network drive of Windows: SQLite refuses an address that names a server."""
    assert index_module.read_only(file) == f"file://{address}?mode=ro"


def test_an_index_of_another_version_is_made_anew(index, whole):
    """It is also found if its checksum is right."""
    index.update()
    with sqlite3.connect(index._file) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    index._sum.write_text(index._checksum(), "utf-8")
    assert content(index) == [[], [], []]
    assert index.update() == Changes(COUNT, 0)
    assert content(index) == whole[1]


class StopError(Exception):
    pass


def test_an_update_that_is_stopped_goes_on_later(index, whole, monkeypatch):
    """What was read until then is kept, and not read again."""
    monkeypatch.setattr(reading, "TOGETHER", 4)

    def stop(done, total):
        if done:
            raise StopError

    own = ArchiveIndex(index.folder, index._file)
    with pytest.raises(StopError):
        own.update(stop)
    assert not is_in_order(own)
    assert own.update() == Changes(COUNT - 4, 0)
    assert content(own) == whole[1]
    assert is_in_order(own)


def test_an_update_that_is_stopped_at_its_end_is_ended_later(index, whole):
    """Nothing has to be read again, but questions are answered as quickly as otherwise."""

    def stop(done, total):
        if done == COUNT:
            raise StopError

    with pytest.raises(StopError):
        index.update(stop)
    assert index.update() == Changes(0, 0)
    assert content(index) == whole[1]
    assert is_in_order(index)


def test_an_update_that_is_stopped_amid_a_change_says_so(index, whole, monkeypatch):
    """Whatever was being done, what comes of it is the stop, and no error of the index."""

    @contextmanager
    def left_open(db):
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")

    def stop(db, files):
        raise StopError

    monkeypatch.setattr(index_module, "_transaction", left_open)
    monkeypatch.setattr(schema, "take", stop)
    with pytest.raises(StopError):
        ArchiveIndex(index.folder, index._file).update()
    monkeypatch.undo()
    index.update()
    assert content(index) == whole[1]


KILLED = """
import os, signal, sys
from pathlib import Path
from exlab_gui.archive import index, reading
reading.TOGETHER = 1
def progress(done, total):
    if done == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
index.ArchiveIndex(Path(sys.argv[1]), Path(sys.argv[2])).update(progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_a_program_that_is_killed_costs_nothing(index, whole):
    """The next update gives what there would have been."""
    arguments = [str(index.folder), str(index._file.with_suffix("")), "5"]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    assert done.returncode < 0
    index.update()
    assert content(index) == whole[1]


def test_several_programs_update_one_index_in_turn(index, whole):
    """Each gets all sessions, and reads go on meanwhile."""
    place = index._file.with_suffix("")
    several = [ArchiveIndex(index.folder, place) for _ in range(4)]
    with ThreadPoolExecutor() as pool:
        read = [changes.read for changes in pool.map(ArchiveIndex.update, several)]
        seen = list(pool.map(content, several))
    assert sorted(read) == [0, 0, 0, COUNT]
    assert seen == [whole[1]] * 4


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """It is an error of the system, with its name; nothing is left of the attempt but a lock."""
    index = ArchiveIndex(tmp_path / "nowhere", tmp_path / "index")
    with pytest.raises(FileNotFoundError):
        index.update()
