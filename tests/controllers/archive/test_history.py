"""The history shows every session of the archive, and does with it what the user asks for."""

import shutil
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
)
from shiboken6 import isValid

from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.trace import ENDING, TraceWriter, load
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.widgets.history import history_dialog
from exlab_gui.widgets.message_bar import MessageBar
from tests.helpers.lab import APART, FIRST, lab_recording, write_lab
from tests.helpers.live_window import trigger, until
from tests.helpers.names import find

COUNT = 24


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return a folder of recordings, which no test changes."""
    folder = tmp_path_factory.mktemp("lab")
    write_lab(folder, range(COUNT))
    return folder


@pytest.fixture
def index(tmp_path, monkeypatch):
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))


@pytest.fixture
def opened(open_window, index):
    """Give what opens the history of an archive, and closes it again with its window."""

    @asynccontextmanager
    async def open_it(folder):
        window = open_window(archive=folder)
        trigger("actionHistory")
        await until(lambda: not window.archive_history._archive.is_updating)
        yield window
        await close_window(window)

    return open_it


def sessions():
    return [summarize(one.header, one.events) for one in map(lab_recording, range(COUNT))]


def labels():
    """Return the names of the listed sessions, which stand in their tool tips."""
    model = find(QTableView, "historyTable").model()
    tip = Qt.ItemDataRole.ToolTipRole
    tips = [model.index(row, 0).data(tip) or "" for row in range(model.rowCount())]
    return [one.partition("\n")[0] for one in tips]


def choose(name, value):
    box = find(QComboBox, name)
    box.setCurrentIndex(box.findData(value))


def select(*rows):
    table = find(QTableView, "historyTable")
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows:
        table.selectionModel().select(table.model().index(row, 0), flags)


def export_to(target, label=None, *, redacted=False):
    find(QPushButton, "historyExport").click()
    if label is not None:
        find(QComboBox, "exportFormat").setCurrentText(label)
    find(QCheckBox, "exportRedacted").setChecked(redacted)
    find(QPushButton, "exportConfirm").click()
    dialog = find(QFileDialog, "fileDialog")
    dialog.fileSelected.emit(str(target))
    dialog.close()


async def listed(expected):
    await until(lambda: labels() == expected)


async def test_all_sessions_are_listed_the_newest_first(lab, opened):
    """Each has what is known of it; a click on the head of a column sorts."""
    async with opened(lab):
        await listed([one.label for one in reversed(sessions())])
        assert find(QLabel, "historyCount").text() == f"{COUNT} sessions"
        table = find(QTableView, "historyTable")
        newest = sessions()[-1]
        texts = [table.model().index(0, column).data() for column in range(2, 7)]
        assert texts[:3] == [newest.equipment, newest.project, newest.operator]
        assert texts[3].startswith(newest.outcome or "not ended")
        table.horizontalHeader().setSortIndicator(6, Qt.SortOrder.DescendingOrder)
        slowest = sorted(sessions(), key=lambda one: one.lasted.middle, reverse=True)
        await listed([one.label for one in slowest])


async def test_days_have_headings(opened, tmp_path):
    """Sorted by their begin, sessions are grouped; Alt with an arrow goes from day to day."""
    write_lab(tmp_path / "days", range(0, 900, 90))
    async with opened(tmp_path / "days"):
        table = find(QTableView, "historyTable")
        rows = table.model().rowCount
        await until(lambda: rows() == 10)
        heights = [table.rowHeight(row) for row in range(rows())]
        tall = [row for row, height in enumerate(heights) if height > min(heights)]
        begins = [FIRST + number * APART for number in reversed(range(0, 900, 90))]
        dates = [one.astimezone().date() for one in begins]
        assert tall == [dates.index(one) for one in dict.fromkeys(dates)]
        table.selectRow(0)
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert table.currentIndex().row() == tall[1]
        QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert table.currentIndex().row() == 0
        table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
        await until(lambda: {table.rowHeight(row) for row in range(rows())} == {min(heights)})


async def test_what_is_asked_for_is_shown_as_it_is_typed(lab, opened):
    """Words, choices and dates narrow the list together; the count says how far."""
    async with opened(lab):
        await until(lambda: len(labels()) == COUNT)
        QTest.keyClicks(find(QLineEdit, "historySearch"), "xrd OKAFOR")
        of = [
            one.label
            for one in reversed(sessions())
            if one.equipment == "XRD_01" and one.operator == "m.okafor"
        ]
        await listed(of)
        assert find(QLabel, "historyCount").text() == f"{len(of)} of {COUNT} sessions"
        find(QLineEdit, "historySearch").clear()
        choose("historyOutcome", "failed")
        failed = [one for one in reversed(sessions()) if one.outcome == "failed"]
        await listed([one.label for one in failed])
        choose("historyErrorCode", failed[0].error_code)
        await listed([one.label for one in failed if one.error_code == failed[0].error_code])
        choose("historyOutcome", "")
        choose("historyErrorCode", "")
        day = (FIRST + APART * COUNT + timedelta(days=1)).astimezone()
        find(QDateEdit, "historySince").setDate(QDate(day.year, day.month, day.day))
        await listed([])
        find(QDateEdit, "historySince").setDate(QDate(2026, 1, 1))
        find(QDateEdit, "historyUntil").setDate(QDate(day.year, day.month, day.day))
        await until(lambda: len(labels()) == COUNT)


async def test_sessions_are_opened(lab, opened):
    """They have their own names, not those of their files, which are not recent ones."""
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        select(0, 2)
        expected = {labels()[0], labels()[2]}
        QTest.keyClick(find(QTableView, "historyTable"), Qt.Key.Key_Return)
        model = window.sessions
        await until(lambda: len(model.open_sessions) == 3)
        assert {session.label for session in model.open_sessions[1:]} == expected
        assert window.settings.recent_files("traces") == []


async def test_the_history_does_not_cover_what_it_opened(lab, opened):
    """It is no dialog, which would stay above its parent: the main window is raised."""
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        dialog = find(QDialog, "historyDialog")
        assert dialog.windowType() == Qt.WindowType.Window
        select(0)
        find(QPushButton, "historyOpen").click()
        await until(lambda: len(window.sessions.open_sessions) == 2)
        await until(window.isActiveWindow)
        trigger("actionHistory")
        await until(dialog.isActiveWindow)
    assert not isValid(dialog)


async def test_an_archive_that_is_gone_is_told(lab, opened, tmp_path):
    """What is listed was there before; nobody shall think that all is well."""
    shutil.copytree(lab, tmp_path / "own")
    async with opened(tmp_path / "own") as window:
        await until(lambda: len(labels()) == COUNT)
        (tmp_path / "own").rename(tmp_path / "moved")
        window.archive_history._archive.update()
        message = find(QLabel, "historyMessage")
        gone = f"The folder of the archive, {tmp_path / 'own'}, is not there."
        await until(lambda: message.text() == gone)
        (tmp_path / "moved").rename(tmp_path / "own")
        window.archive_history._archive.update()
        await until(lambda: message.text() == "")


async def test_what_is_selected_stays_so(lab, opened):
    """All of it, when the list is read again."""
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        select(1, 3, 4)
        table, found = find(QTableView, "historyTable"), []
        window.archive_history._archive.found.connect(lambda *_: found.append(1))
        window.archive_history._archive.update()
        await until(lambda: found)
        assert sorted(one.row() for one in table.selectionModel().selectedRows()) == [1, 3, 4]


async def test_what_is_recorded_meanwhile_is_listed(opened, tmp_path, monkeypatch):
    """The history never lags behind the window; nothing that is looked at moves."""
    monkeypatch.setattr(history_dialog, "REFRESH_MS", 50)
    monkeypatch.setattr(history_dialog, "_LEAST_SHARE", 1)  # else a slow machine looks seldom
    folder = tmp_path / "lab"
    write_lab(folder, range(60))
    async with opened(folder):
        await until(lambda: len(labels()) == 60)
        table = find(QTableView, "historyTable")
        select(2)
        table.scrollToBottom()
        first = labels()[table.rowAt(0)]
        write_lab(folder, range(60, 62))
        await until(lambda: len(labels()) == 62)
        assert labels()[table.rowAt(0)] == first
        assert [one.row() for one in table.selectionModel().selectedRows()] == [4]


async def test_two_sessions_are_compared(lab, opened):
    """Both are opened, and stand side by side; with more or fewer selected, there is no way."""
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        for rows, enabled in (((0,), False), ((0, 1, 2), False), ((0, 1), True)):
            select(*rows)
            assert find(QPushButton, "historyCompare").isEnabled() is enabled
        names = labels()[:2]
        find(QPushButton, "historyCompare").click()
        await until(lambda: window.findChildren(QDialog, "compareDialog"))
        assert find(QComboBox, "compareOther").currentText() == names[0]
        assert window.session.label == names[1]


async def test_what_else_failed_like_this(lab, opened):
    """From a failed session of the list, and from the one in the main window."""
    failed = [one for one in reversed(sessions()) if one.error_code]
    alike = [one.label for one in failed if one.error_code == failed[0].error_code]
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        done = next(row for row, one in enumerate(reversed(sessions())) if one.outcome == "done")
        select(done)
        assert not find(QPushButton, "historyAlike").isEnabled()
        assert not find(QAction, "actionFailedAlike").isEnabled()
        select(labels().index(failed[0].label))
        find(QPushButton, "historyOpen").click()
        await until(lambda: window.session.label == failed[0].label)
        find(QPushButton, "historyAlike").click()
        await listed(alike)
        choose("historyErrorCode", "")
        await until(lambda: len(labels()) == COUNT)
        trigger("actionFailedAlike")
        await listed(alike)


async def test_sessions_are_exported(lab, opened, tmp_path):
    """Each is copied under its label; a file that is there stays."""
    target = tmp_path / "target"
    target.mkdir()
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        names = labels()[:2]
        for _ in range(2):
            select(0, 1)
            export_to(target)
            bar = window.findChild(MessageBar)
            await until(lambda bar=bar: bar.text == f"Exported 2 files to {target}")
            assert find(QLabel, "historyMessage").text() == bar.text
            bar.dismiss()
    paths = sorted(target.iterdir())
    assert len(paths) == 4
    assert {load(path).header.label for path in paths} == set(names)
    assert f"{names[0].replace('/', '-')}-2{ENDING}" in [path.name for path in paths]


async def test_selected_sessions_are_exported_in_any_format(lab, opened, tmp_path):
    """As `exlab-gui export` writes them: into one file if the format can, else one each."""
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        select(0, 1)
        each = [f"{one.replace('/', '-')}.png" for one in labels()[:2]]
        bar = window.findChild(MessageBar)
        for label, names in {
            "XES": ["sessions.xes"],
            "CSV: visits": ["visits.csv"],
            "PNG": sorted(each),
        }.items():
            target = tmp_path / names[0]
            target.mkdir()
            bar.dismiss()
            export_to(target, label)
            await until(lambda: bar.text.startswith("Exported "))
            assert sorted(path.name for path in target.iterdir()) == names


async def test_a_redacted_export_names_nobody(lab, opened, tmp_path):
    """Neither in the files, nor by their names."""
    target = tmp_path / "target"
    target.mkdir()
    async with opened(lab) as window:
        await until(lambda: len(labels()) == COUNT)
        select(0)
        private = [labels()[0].encode(), sessions()[-1].operator.encode()]
        export_to(target, redacted=True)
        bar = window.findChild(MessageBar)
        await until(lambda: bar.text.startswith("Exported 1 file to "))
    (path,) = target.iterdir()
    assert path.name == f"session{ENDING}"
    assert not [word for word in private if word in path.read_bytes()]


async def test_sessions_are_deleted_after_a_question(lab, opened, tmp_path):
    """Enter keeps them; one that is being written stays, and the user is told.

    Afterwards the keys go to the list, to where those were, not to the button beside.
    """
    folder = tmp_path / "own"
    shutil.copytree(lab, folder)
    async with opened(folder) as window:
        await until(lambda: len(labels()) == COUNT)
        first, second, third = labels()[:3]
        select(0, 1)
        QTest.keyClick(find(QTableView, "historyTable"), Qt.Key.Key_Delete)
        QTest.keyClick(find(QDialog, "deleteDialog"), Qt.Key.Key_Return)
        await until(lambda: not window.findChildren(QDialog, "deleteDialog"))
        path = folder / "000" / f"{COUNT - 1:06}{ENDING}"
        assert path.exists()
        select(0, 1)
        with TraceWriter(path, lab_recording(COUNT - 1).header, resume=True):
            find(QPushButton, "historyDelete").click()
            text = find(QDialog, "deleteDialog").findChild(QLabel).text()
            assert text.startswith("Delete 2 sessions?")
            find(QPushButton, "deleteConfirm").click()
            await until(lambda: labels()[:2] == [first, third])
            bar = window.findChild(MessageBar)
            await until(lambda: "is being recorded to it" in bar.text)
            assert "is being recorded to it" in find(QLabel, "historyMessage").text()
        select(0)
        button = find(QPushButton, "historyDelete")
        button.setFocus()
        button.click()
        find(QPushButton, "deleteConfirm").click()
        await until(lambda: labels()[:1] == [third] and not button.isEnabled())
        table = find(QTableView, "historyTable")
        assert find(QDialog, "historyDialog").focusWidget() is table
        assert table.currentIndex().row() == 0
        QTest.keyClick(table, Qt.Key.Key_Down)
        assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    assert second not in {load(path).header.label for path in folder.rglob(f"*{ENDING}")}


async def test_an_archive_whose_sessions_are_all_deleted_is_empty(opened, tmp_path):
    """Recordings may be in its folder directly, which stays."""
    folder = tmp_path / "flat"
    folder.mkdir()
    for number in range(2):
        lines = lab_recording(number).lines()
        (folder / f"{number}{ENDING}").write_bytes(b"".join(lines))
    async with opened(folder):
        await until(lambda: len(labels()) == 2)
        select(0, 1)
        find(QPushButton, "historyDelete").click()
        find(QPushButton, "deleteConfirm").click()
        table = find(QTableView, "historyTable")
        await until(lambda: table.empty_text.startswith("The archive is empty."))
        assert labels() == []
        assert find(QLabel, "historyMessage").text() == "Deleted 2 sessions."
    assert folder.is_dir()


async def test_what_cannot_be_read_is_told(lab, opened, tmp_path):
    """One line says how many recordings that are, and which; without any, it takes no room."""
    folder = tmp_path / "own"
    shutil.copytree(lab, folder)
    async with opened(folder) as window:
        await until(lambda: len(labels()) == COUNT)
        line = find(QLabel, "historyUnreadable")
        assert line.isHidden()
        below = [folder / f"a&b{number}{ENDING}" for number in range(22)]
        below[0].write_bytes(b"no recording")
        window.archive_history.update()
        await until(line.isVisible)
        assert line.text() == "1 recording cannot be read."
        assert line.accessibleDescription().splitlines()[0] == str(below[0])
        assert "a&amp;b0" in line.toolTip()
        for path in below[1:]:
            path.write_bytes(b"")
        window.archive_history.update()
        await until(lambda: line.text() == "22 recordings cannot be read.")
        assert "And 2 more." in line.accessibleDescription().splitlines()
        for path in below:
            path.unlink()
        window.archive_history.update()
        await until(line.isHidden)
        assert find(QLabel, "historyCount").text() == f"{COUNT} sessions"


async def deleted(folder):
    """Delete a folder to which somebody may write at that very moment."""

    def is_gone():
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()

    await until(is_gone)


async def test_an_index_that_is_deleted_is_made_anew_at_once(lab, opened, tmp_path, monkeypatch):
    """It can be deleted at any time: the next key, or the next row that is shown, makes it."""
    monkeypatch.setattr(history_dialog, "REFRESH_MS", 10**6)
    monkeypatch.setattr(history_dialog, "_LEAST_SHARE", 0)
    async with opened(lab) as window:
        every = [one.label for one in reversed(sessions())]
        await listed(every)
        table, archive = find(QTableView, "historyTable"), window.archive_history._archive
        await until(lambda: not (archive._is_finding or archive.is_updating))
        texts = []
        archive.found.connect(lambda *_: texts.append(table.empty_text))
        for number, text in enumerate("Run_1"):
            if number in {0, 3}:
                await deleted(tmp_path / "index")
            QTest.keyClicks(find(QLineEdit, "historySearch"), text)
            await until(lambda: archive.index.is_there and not archive.is_updating)
        await listed([one for one in every if "Run_1" in one])
        assert not [text for text in texts if text.startswith("The archive is empty")]
        await deleted(tmp_path / "index")
        archive.rows([1])
        await until(lambda: archive.index.is_there)
        await listed([one for one in every if "Run_1" in one])


async def test_an_index_that_is_damaged_is_mended_at_once(lab, opened, monkeypatch):
    """The next word that is searched for makes it anew, and says nothing of an empty archive."""
    monkeypatch.setattr(history_dialog, "REFRESH_MS", 10**6)
    monkeypatch.setattr(history_dialog, "_LEAST_SHARE", 0)
    async with opened(lab) as window:
        every = [one.label for one in reversed(sessions())]
        await listed(every)
        archive = window.archive_history._archive
        await until(lambda: not (archive._is_finding or archive.is_updating))
        for path in archive.index._file.parent.iterdir():
            path.write_bytes(b"no index" * 1_000)
        QTest.keyClicks(find(QLineEdit, "historySearch"), "Run_1")
        await listed([one for one in every if "Run_1" in one])
        await until(lambda: not archive.is_updating)


async def test_without_a_place_for_the_index_all_is_there(lab, tmp_path, open_window, monkeypatch):
    """If the user's caches cannot be written, the index is made for this window alone."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "file"))
    window = open_window(archive=lab)
    trigger("actionHistory")
    await until(lambda: len(labels()) == COUNT)
    place = window.archive_history._archive.index._file.parent
    await close_window(window)
    assert not place.exists()


async def test_an_empty_archive_says_what_to_do(opened, tmp_path):
    """Before anything was recorded, the folder is not even there."""
    async with opened(tmp_path / "nothing"):
        table = find(QTableView, "historyTable")
        await until(lambda: table.empty_text.startswith("The archive is empty."))
        assert find(QLabel, "historyCount").text() == "0 sessions"
        for name in ("historyOpen", "historyExport", "historyDelete", "historyAlike"):
            assert not find(QPushButton, name).isEnabled()
    assert not (tmp_path / "nothing").exists()


def test_a_window_without_an_archive_says_so(window):
    """Windows of tests have none."""
    for name in ("actionHistory", "actionFailedAlike"):
        assert window.actions_by_name[name].statusTip() == "This window has no archive"
