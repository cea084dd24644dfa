"""What the window looked like comes back, and nothing in the settings can harm it."""

import random
from gettext import NullTranslations
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle

from exlab_gui.core.text.translation import use
from exlab_gui.models.session_cells import Column
from exlab_gui.settings import Settings
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.panes.screens import is_better_maximised
from exlab_gui.window.monitor_window import MonitorWindow
from exlab_gui.window.window_state import FIRST_SIZE, remember, stand_aside
from tests.helpers.hands import POPUPS
from tests.helpers.window import NARROW, WIDE, OpenWindow, settle

HUGE = (0, -1, 1, 2**31 - 1, -(2**31), 2**63, 10**30)


@pytest.mark.parametrize("number", HUGE)
def test_no_number_is_believed(theme: Theme, settings: Settings, number: int) -> None:
    """Whatever stands there, the window is on a screen, no larger than it, with its columns."""
    settings.keep("window/frame", [number] * 4)
    settings.keep("window/panes", [number] * 2)
    settings.keep("log/panes", [number] * 2)
    for key in ("log/columns", "sessions/columns"):
        columns = [["State", number, True], ["#", number, False]]
        settings.keep(key, {"columns": columns, "sorted_by": "State"})
    window = MonitorWindow(settings, theme)
    window.show()
    settle()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.intersects(window.geometry())
    least = window.minimumSizeHint()  # what is in the window may need more than the screen has
    assert window.width() <= max(room.width(), least.width())
    assert window.height() <= max(room.height(), least.height())
    header = window.panes.log.table.horizontalHeader()
    assert all(header.sectionSize(section) <= 4000 for section in range(header.count()))
    window.close()
    window.deleteLater()
    settle()


@pytest.mark.parametrize("frame", [None, (0, 0, 2560, 1600), (500, 600, 700, 500)])
def test_the_whole_window_is_on_the_screen(
    theme: Theme, settings: Settings, frame: tuple[int, int, int, int] | None
) -> None:
    """At first, and after a larger screen, there is room for its status bar and its title."""
    if frame is not None:
        settings.keep("window/frame", frame)
    window = MonitorWindow(settings, theme)
    title_bar = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert window.height() <= room.height() - title_bar < 800
    assert window.width() <= room.width()
    assert room.contains(window.geometry())
    window.deleteLater()
    settle()


@pytest.mark.parametrize(
    ("screen", "platform", "maximised"),
    [
        ((1040, 720), "wayland", True),  # 1300 × 900 at a scale of 1.25
        ((1280, 1024), "wayland-egl", True),  # a panel may stand on the left
        ((1920, 840), "wayland", True),
        ((1920, 1080), "wayland", False),
        ((1040, 720), "xcb", False),  # which tells what panels leave
    ],
)
def test_no_panel_of_wayland_covers_the_window(
    screen: tuple[int, int], platform: str, maximised: bool
) -> None:
    """Only the compositor knows how much room there is: on a small screen it places the window."""
    room = QRect(0, 0, *screen)
    assert is_better_maximised(QSize(*FIRST_SIZE), room, platform) == maximised


def test_a_window_stays_where_it_is(theme: Theme, settings: Settings) -> None:
    """It opens at the place where it was closed, and not a title bar lower each time."""
    settings.keep("window/frame", (60, 50, 650, 400))
    places = []
    for _ in range(3):
        window = MonitorWindow(settings, theme)
        window.show()
        settle()
        assert window.pos() != window.geometry().topLeft()  # it has a frame
        places.append(window.pos().toTuple())
        window.close()
        window.deleteLater()
        settle()
    assert places == [(60, 50)] * 3


@pytest.mark.parametrize("corner", ["topLeft", "bottomRight"])
def test_windows_open_side_by_side(theme: Theme, settings: Settings, corner: str) -> None:
    """No two of many windows that are open at once are at one place, and all are on the screen."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    frame = QRect(0, 0, 650, 400)
    getattr(frame, f"move{corner[0].upper()}{corner[1:]}")(getattr(room, corner)())
    settings.keep("window/frame", frame.getRect())
    window = MonitorWindow(settings, theme)
    first, places = window.pos(), []
    for others in range(8):
        window.move(first)
        stand_aside(window, others)
        places.append(window.pos().toTuple())
        assert room.contains(window.geometry())
    assert len(set(places)) == 8
    window.deleteLater()
    settle()


def test_damaged_bytes_do_no_harm(open_window: OpenWindow, theme: Theme, tmp_path: Path) -> None:
    """After any change to the file, the next window opens, and can be kept again."""
    first = open_window()
    first.close()
    whole = Path(first.settings.file_name).read_bytes()
    chance = random.Random(whole.__len__())
    for number in range(25):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b'\x00\x7f\xff0-[]{}",=\n')
        path = tmp_path / f"{number}.ini"
        path.write_bytes(damaged)
        settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
        window = MonitorWindow(settings, theme)
        window.show()
        window.close()
        window.deleteLater()
        settle()


def test_hidden_columns_come_back(theme: Theme, settings: Settings) -> None:
    """At least one column is always seen."""
    titles = ["#", "Time", "Δ", "State", "Kind", "Phase", "Detail"]
    settings.keep("log/columns", {"columns": [[title, 80, False] for title in titles]})
    window = MonitorWindow(settings, theme)
    header = window.panes.log.table.horizontalHeader()
    hidden = [header.isSectionHidden(section) for section in range(header.count())]
    assert hidden.count(False) == 1
    window.close()
    window.deleteLater()
    settle()


def test_columns_are_known_in_every_language(theme: Theme, settings: Settings) -> None:
    """They are where they were, and as wide, also if their titles are others now."""
    orders = []
    for catalogue in (None, Quoting(), None):
        use(catalogue)
        try:
            window = MonitorWindow(settings, theme)
        finally:
            use(None)
        header = window.panes.log.table.horizontalHeader()
        if not orders:
            header.moveSection(header.visualIndex(1), 4)
            header.resizeSection(1, 123)
        orders.append([header.logicalIndex(place) for place in range(header.count())])
        assert header.sectionSize(1) == 123
        remember(window)
        window.close()
        window.deleteLater()
        settle()
    assert orders[0] == orders[1] == orders[2]
    assert orders[0] != sorted(orders[0])


class Quoting(NullTranslations):
    """Another language, whose texts are all in quotation marks."""

    def gettext(self, message: str) -> str:
        return f"»{message}«"


def test_a_column_that_was_left_out_has_its_width_again(theme: Theme, settings: Settings) -> None:
    """What is hidden has no width to be kept."""
    settings.keep("log/columns", {"columns": [["Phase", 0, True]]})
    window = MonitorWindow(settings, theme)
    header = window.panes.log.table.horizontalHeader()
    shown = [place for place in range(header.count()) if not header.isSectionHidden(place)]
    assert all(header.sectionSize(section) > 16 for section in shown)
    window.close()
    window.deleteLater()
    settle()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_detail_takes_the_room_there_is(
    theme: Theme, settings: Settings, size: tuple[int, int]
) -> None:
    """A log that was wide at the end is not scrolled sideways when the list of sessions opens."""
    for _ in range(2):
        window = MonitorWindow(settings, theme)
        window.resize(1600, 900)
        window.show()
        settle()
        remember(window)
        window.resize(*size)
        window.session_actions.open()
        settle()
        assert window.panes.log.table.horizontalScrollBar().maximum() == 0
        window.close()
        window.deleteLater()
        settle()


@POPUPS
def test_reset_puts_everything_back(window: MonitorWindow) -> None:
    """Panes, columns, kinds and the list are as they were at first."""
    window.session_actions.open()
    settle()
    log, header = window.panes.log, window.panes.log.table.horizontalHeader()
    before = (
        window.panes.splitter.sizes(),
        [header.sectionSize(place) for place in range(5)],
        [header.logicalIndex(place) for place in range(7)],
    )
    window.panes.splitter.setSizes([900, 400])
    header.moveSection(1, 4)
    header.resizeSection(0, 300)
    log.hide_kinds({"phase"})
    log.show_details(True)
    window.session_dock.setFloating(True)
    window.session_dock.hide()
    window.session_list.setColumnHidden(Column.AGE, False)
    window.panes.tabs.show_problems()
    settle()
    window.actions_by_name["actionResetLayout"].trigger()
    settle()
    after = (
        window.panes.splitter.sizes(),
        [header.sectionSize(place) for place in range(5)],
        [header.logicalIndex(place) for place in range(7)],
    )
    assert after[1:] == before[1:]
    assert abs(after[0][0] - before[0][0]) < 60
    assert log.hidden_kinds == frozenset()
    assert not log.event_pane.isVisible()
    assert window.session_dock.isVisible()
    assert not window.session_dock.isFloating()
    assert window.session_list.isColumnHidden(Column.AGE)
    assert log.isVisible()


def test_reset_gives_the_list_the_width_that_it_had_at_first(window: MonitorWindow) -> None:
    """A wide window spares some for the names; that is nothing its user chose."""
    window.session_actions.open()
    settle()
    first = window.session_dock.width()
    window.resizeDocks([window.session_dock], [first + 80], Qt.Orientation.Horizontal)
    settle()
    assert window.session_dock.width() == first + 80
    window.actions_by_name["actionResetLayout"].trigger()
    settle()
    assert window.session_dock.width() == first
    assert window.session_dock.kept() is None
