"""A step: from the click on a button to everything painted that it changes."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from exlab_gui.sources.commands import Reset
from exlab_gui.window.monitor_window import MonitorWindow
from tests.benchmarks.conftest import Comparison
from tests.benchmarks.path import PATH


def everything(window: MonitorWindow) -> Iterable[QWidget]:
    """Return every widget that can be seen."""
    return (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def panes(window: MonitorWindow) -> Iterable[QWidget]:
    """Return the diagram, the log and the transition buttons."""
    buttons = window.panes.transitions.findChildren(QToolButton)
    return window.panes.diagram.viewport(), window.panes.log.table.viewport(), *buttons


@pytest.mark.parametrize(
    ("against", "widgets"),
    [
        ("painting diagram, log and buttons as they are", panes),
        ("painting the whole window as it is", everything),
    ],
    ids=["panes", "window"],
)
def test_click_to_painted(
    window: MonitorWindow,
    compare: Comparison,
    against: str,
    widgets: Callable[[MonitorWindow], Iterable[QWidget]],
) -> None:
    """A step takes little longer than painting what it changes."""
    buttons = [window.findChild(QToolButton, f"transition_{state}") for state in PATH]
    ahead: Iterator[QToolButton] = iter(())
    painted: list[QWidget] = []

    def prepare() -> None:
        nonlocal ahead, painted
        if window.session.is_over:
            window.session.request(Reset())
            QApplication.processEvents()
        if window.session.count == 1:
            ahead = iter(buttons)
        painted = list(widgets(window))

    def step() -> None:
        QTest.mouseClick(next(ahead), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def repaint() -> None:
        for widget in painted:
            widget.update()
        QApplication.processEvents()

    compare(
        "a step, from the click to all painted",
        step,
        against,
        repaint,
        target="at most 2 ×",
        rounds=40,
        cycle=len(PATH),
        prepare=prepare,
    )
    assert window.session.is_over
