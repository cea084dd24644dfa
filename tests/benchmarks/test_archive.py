"""The archive: what it costs to index many sessions, to find some, and to count them all.

``EXLAB_SESSIONS=100000`` measures a large one; the targets are those for so many.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from exlab_gui.archive import search
from exlab_gui.archive.figures import BYS
from exlab_gui.archive.folders import index_folder, index_name
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.opening import kept_index
from exlab_gui.archive.search import Query
from tests.benchmarks.conftest import Away, Row
from tests.helpers.lab import write_lab
from tests.helpers.window import OpenWindow

SESSIONS = int(os.environ.get("EXLAB_SESSIONS", "3000"))
WHAT = f"{SESSIONS:,} archived sessions"

TURN_S = 0.002
"""Between two looks: a test that never waits keeps threads from the interpreter."""

TYPED = "confocal_01 okafor failed"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a folder of recordings, whose index is kept in a folder of this test."""
    place = tmp_path_factory.mktemp("archive")
    folder = Path(os.environ.get("EXLAB_LAB", place / "lab"))
    if not folder.exists():
        write_lab(folder, range(SESSIONS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXLAB_ARCHIVE_INDEX", str(place / "index"))
        yield folder


def measure(lab: Path, table: list[Row], what: str, target: str, *arguments: str) -> None:
    """Run ``stats``, and note the seconds, the processors' seconds, and the most memory."""
    command = [sys.executable, "-m", "exlab_gui", "stats", str(lab), *arguments]
    code = f"""
import resource, subprocess, time
start = time.perf_counter()
subprocess.run({command!r}, stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    wall, processors, memory = map(float, done.stdout.split())
    texts = f"{wall:.2f} s", f"processors {processors:.2f} s", f"{memory / 1024:.0f} MB"
    table.append(Row(f"{what}, {WHAT}", "", target, *texts))


@pytest.mark.skipif(sys.platform == "win32", reason="it has no module resource")
def test_making_and_using_the_index(lab: Path, table: list[Row]) -> None:
    """The first run reads everything; the next ones only ask the index."""
    measure(lab, table, "stats that makes its index", "at most 60 s")
    for by in BYS:
        measure(lab, table, f"stats --by {by}", "at most 2 s, 300 MB", "--by", by)


def test_filtering(lab: Path, table: list[Row]) -> None:
    """Each key that is typed is answered before the next one."""
    index = kept_index(lab)
    index.update()
    longest = max(
        timed(lambda end=end: found(index, Query(TYPED[:end]))) for end in range(len(TYPED) + 1)
    )
    row = f"a key in the history, {WHAT}", "", "at most 100 ms", f"{1000 * longest:.0f} ms"
    table.append(Row(*row))


def found(index: ArchiveIndex, query: Query) -> None:
    with index.reading() as db:
        numbers = search.find(db, query)
        search.rows(db, numbers[:64])


def timed(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


@pytest.mark.parametrize("indexed", [False, True])
async def test_opening_the_history(
    lab: Path, table: list[Row], open_window: OpenWindow, away: Away, indexed: bool
) -> None:
    """It opens at once, and the window answers while an index is made."""
    if not indexed:
        for path in index_folder().glob(f"{index_name(lab)}.*"):
            path.unlink()
    window = open_window(archive=lab)
    history = window.archive_history
    with away(f"history {'with' if indexed else 'without'} an index, {WHAT}"):
        start = time.perf_counter()
        history.show()
        while not (history._dialog and history._dialog.table.model().rowCount()):
            await asyncio.sleep(TURN_S)
        QApplication.processEvents()
        shown = time.perf_counter() - start
        while history._archive is None or history._archive.is_updating:
            await asyncio.sleep(0.01)
    if indexed:
        texts = f"opening the history, {WHAT}", "", "at most 300 ms", f"{1000 * shown:.0f} ms"
        table.append(Row(*texts))
    await window.shutdown()


async def test_opening_the_charts(
    lab: Path, table: list[Row], open_window: OpenWindow, away: Away
) -> None:
    """The window answers while a chart of all sessions is made and shown, of each kind in turn."""
    kept_index(lab).update()
    window = open_window(archive=lab)
    charts = window.archive_charts
    with away(f"charts, {WHAT}"):
        charts.show()
        while charts._dialog is None:
            await asyncio.sleep(TURN_S)
        for place in range(charts._dialog.tabs.count()):
            charts._dialog.tabs.setCurrentIndex(place)
            while charts._dialog._page().chart is None:
                await asyncio.sleep(TURN_S)
    await window.shutdown()
