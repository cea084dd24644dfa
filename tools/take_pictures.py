"""Takes the pictures of the window that the README and the documents show.

    python tools/take_pictures.py [FOLDER]

FOLDER is docs/pictures by default. No display is needed.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication

from exlab_gui.app import make_application, open_window
from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.settings import Settings
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.panes.places import Place
from exlab_gui.window.monitor_window import MonitorWindow
from exlab_gui.window.window_state import FIRST_SIZE

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the sessions that the tests make up

CHARTS, CHART_SIZE, CHART_SESSIONS = ("sessions", "times"), (900, 430), 120

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


def asked(window: MonitorWindow) -> None:
    """Play until a plugin asks for something."""
    while window.session.pending_input is None:
        press(window, "actionStep")


def ended(window: MonitorWindow) -> None:
    """Play to the end."""
    while not window.session.is_over:
        press(window, "actionStep")


def earlier(window: MonitorWindow) -> None:
    """Play to the end, and go back to an earlier position."""
    ended(window)
    for _ in range(4):
        press(window, "actionGoBack")


def counted(window: MonitorWindow) -> None:
    """Take some paths, and count the transitions on the diagram."""
    ended(window)
    press(window, "actionNewSession")
    for state in ("validating", "rendering", "plugin_pass", "failed"):
        window.findChild(QAbstractButton, f"transition_{state}").click()
    press(window, "actionShowCoverage")


def presented(window: MonitorWindow) -> None:
    """Show what an audience sees, on a screen of 16:9."""
    asked(window)
    press(window, "actionPresentation")
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
    window.resize(1366, 768)
    for _ in range(4):  # each layout asks the one around it
        QApplication.processEvents()


def moved(window: MonitorWindow) -> None:
    """Move the log to the bottom edge, and the problems beside it."""
    ended(window)
    window.places.move("log", Place.BOTTOM)
    window.places.move("problems", Place.BOTTOM)
    for _ in range(4):
        QApplication.processEvents()


def press(window: MonitorWindow, action: str) -> None:
    """Trigger the action of that name."""
    window.findChild(QAction, action).trigger()


PICTURES: tuple[tuple[str, str, Callable[[MonitorWindow], None]], ...] = (
    ("window-light", "light", asked),
    ("window-dark", "dark", asked),
    ("history", "light", earlier),
    ("coverage", "light", counted),
    ("presentation", "light", presented),
    ("panes", "light", moved),
)
"""Each picture: its name, its theme, and what happens before it is taken."""


def take(app: QApplication, path: Path, theme: str, act: Callable[[MonitorWindow], None]) -> None:
    """Save a picture of a window in which `act` has happened."""
    with tempfile.TemporaryDirectory() as forgotten:
        store = QSettings(str(Path(forgotten, "settings.ini")), QSettings.Format.IniFormat)
        window = open_window(Settings(store), Theme(app, theme), find_scenario("asks_once"))
        window.resize(*FIRST_SIZE)  # the screen that is not there would be smaller
        window.show()
        app.processEvents()
        act(window)
        app.processEvents()
        window.grab().save(str(path))
        window.close()
        window.deleteLater()
        app.processEvents()


def take_charts(folder: Path) -> None:
    """Save pictures of charts about the sessions of a made-up lab."""
    from exlab_gui.archive.index import ArchiveIndex
    from exlab_gui.archive.search import Query
    from exlab_gui.core.progress import no_progress
    from exlab_gui.widgets.charts.chart_page import ChartPage
    from exlab_gui.widgets.charts.charts_dialog import KINDS
    from tests.helpers.lab import write_lab

    theme = Theme(QApplication.instance(), "light")
    with tempfile.TemporaryDirectory() as forgotten:
        write_lab(Path(forgotten, "lab"), range(CHART_SESSIONS))
        index = ArchiveIndex(Path(forgotten, "lab"), Path(forgotten, "index"))
        index.update()
        for kind in (one for one in KINDS if one.name in CHARTS):
            page = ChartPage(theme, kind.name, kind.title)
            page.show_chart(kind.make(index, Query(), no_progress))
            page.resize(*CHART_SIZE)
            page.show()
            QApplication.processEvents()
            path = folder / f"chart-{kind.name}.png"
            page.grab().save(str(path))
            page.deleteLater()
            print(path)
        QApplication.processEvents()


def main() -> None:
    """Take every picture, and print the paths."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    for name, theme, act in PICTURES:
        path = folder / f"{name}.png"
        take(app, path, theme, act)
        print(path)
    take_charts(folder)


if __name__ == "__main__":
    main()
