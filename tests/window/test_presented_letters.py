"""The letters of a presentation: large while it lasts, given once, and given back."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.sources.commands import StepOnce
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.names import find
from tests.helpers.styling import Heard
from tests.helpers.window import settle

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 8
"""So often may one widget be styled, or get other letters, for one action."""


def ask(window: MonitorWindow) -> None:
    window.session_actions.open(find_scenario("asks_once"))
    while window.session.pending_input is None:
        window.session.request(StepOnce())
    settle()


def fonts(window: MonitorWindow) -> dict[str, QFont]:
    """Return the fonts of the widgets that have names."""
    within = (window.panes, window.panes.messages)
    every = [one for top in within for one in (top, *top.findChildren(QWidget))]
    return {one.objectName(): one.font() for one in every if one.objectName()}


def letters(top: QWidget) -> set[int]:
    return {label.font().pixelSize() for label in top.findChildren(QLabel) if label.isVisible()}


@pytest.mark.parametrize("kind", [QEvent.Type.StyleChange, QEvent.Type.FontChange])
def test_each_widget_changes_a_few_times(window: MonitorWindow, kind: QEvent.Type) -> None:
    """A widget was styled 48 times: once for each of the widgets around it, and theirs."""
    ask(window)
    actions: dict[str, Callable[[], object]] = {
        "begins": lambda: window.presenting.present(True),
        "theme": lambda: window.theme.choose("dark"),
        "resized": lambda: window.resize(1000, 700),
        "ends": lambda: window.presenting.present(False),
    }
    for name, do in actions.items():
        with Heard(kind) as heard:
            do()
            settle()
        assert heard.most <= MOST, (name, heard.often)


def test_letters_are_those_of_before_afterwards(window: MonitorWindow) -> None:
    """Whatever is styled anew meanwhile, and afterwards."""
    ask(window)
    before = fonts(window)
    window.presenting.present(True)
    settle()
    assert fonts(window) != before
    window.theme.choose("dark")
    window.presenting.present(False)
    for theme in ("dark", "light"):
        settle()
        assert fonts(window) == before
        window.theme.choose(theme)


def test_another_theme_leaves_letters_large(window: MonitorWindow) -> None:
    """Qt gives back the first letters of a widget with each style."""
    ask(window)
    window.presenting.present(True)
    settle()
    large = fonts(window)
    window.theme.choose("contrast")
    settle()
    assert fonts(window) == large


def test_what_comes_later_has_large_letters(window: MonitorWindow) -> None:
    """A form and events that come while one presents are as large as the others."""
    window.presenting.present(True)
    ask(window)
    form, events = find(QWidget, "pendingInputForm"), find(QWidget, "lastEvents")
    assert letters(form) == letters(events)
    (letter,) = letters(form)
    assert letter > 0
    window.presenting.present(False)
    settle()
    assert {label.font() for label in form.findChildren(QLabel)} == {QApplication.font(form)}
