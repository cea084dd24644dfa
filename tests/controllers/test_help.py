"""What explains the window: first steps, legend, and What's this."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWhatsThis, QWidget

from exlab_gui.bundled_scenarios import default_scenario
from exlab_gui.core.legend import LEGEND
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.widgets.dialogs.legend_dialog import LegendDialog
from exlab_gui.widgets.welcome_card import WelcomeCard
from exlab_gui.window.explanations import EXPLANATIONS
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click, press
from tests.helpers.window import settle


def cards(window: MonitorWindow) -> list[WelcomeCard]:
    return [card for card in window.findChildren(WelcomeCard) if card.isVisible()]


def test_the_card_comes_once(window: MonitorWindow) -> None:
    """It is there at the first start, stays in the window, and comes again on demand only."""
    window.help.welcome_once()
    settle()
    (card,) = cards(window)
    assert window.panes.rect().contains(card.geometry())
    window.resize(1024, 700)
    settle()
    assert window.panes.rect().contains(card.geometry())
    click(card.findChild(QPushButton, "welcomeClose"))
    settle()
    window.help.welcome_once()
    assert cards(window) == []
    for _ in range(2):
        window.actions_by_name["actionFirstSteps"].trigger()
        settle()
        assert len(cards(window)) == 1
    press(window, Qt.Key.Key_Escape)
    settle()
    assert cards(window) == []


async def test_the_demo_plays(window: MonitorWindow) -> None:
    """The button of the card plays the chosen scenario."""
    window.session_actions.play(default_scenario(window.machine))
    window.actions_by_name["actionFirstSteps"].trigger()
    (card,) = cards(window)
    card.findChild(QPushButton, "welcomeDemo").click()
    assert window.session.playing
    await close_window(window)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_legend_has_a_sample_of_each_look(window: MonitorWindow, scheme: str) -> None:
    """No two samples look alike, and each says what it means."""
    window.theme.choose(scheme)
    window.actions_by_name["actionLegend"].trigger()
    (dialog,) = window.findChildren(LegendDialog)
    settle()
    looks = [entry.look for entry in LEGEND]
    samples = [one for one in dialog.findChildren(QWidget) if one.accessibleName() in looks]
    pictures = {bytes(sample.grab().toImage().constBits()) for sample in samples}
    assert len(samples) == len(pictures) == len(LEGEND)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert all(entry.means.capitalize() in texts for entry in LEGEND)
    dialog.reject()


def test_each_pane_is_explained(window: MonitorWindow) -> None:
    """What's this has a text for each, and each text has its pane."""
    for name, text in EXPLANATIONS.items():
        pane = window.findChild(QWidget, name)
        assert pane is not None, name
        assert text in pane.whatsThis()
    window.actions_by_name["actionWhatsThis"].trigger()
    assert QWhatsThis.inWhatsThisMode()
    QWhatsThis.leaveWhatsThisMode()
