import pytest
from pytestqt.qtbot import QtBot

from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_tabs import LogTabs
from tests.helpers.window import open_window, settings, theme, window

__all__ = ["open_window", "settings", "theme", "window"]


@pytest.fixture
def tabs(theme: Theme, qtbot: QtBot) -> LogTabs:
    tabs = LogTabs(theme)
    qtbot.addWidget(tabs)
    tabs.resize(620, 300)
    tabs.show()
    tabs.activateWindow()
    return tabs
