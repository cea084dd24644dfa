"""Nothing overlaps, crosses or is cut, in both sizes that the window is designed for."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QScrollArea, QSlider, QToolButton

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.analysis.legality import why_illegal
from exlab_gui.sources.commands import Reset, StepOnce, WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.geometry import diagram_faults, scrolls, window_faults
from tests.helpers.hands import click, drag
from tests.helpers.names import find
from tests.helpers.window import NARROW, WIDE, OpenWindow, settle


def nothing_more(_window: MonitorWindow) -> None:
    pass


def with_the_form(window: MonitorWindow) -> None:
    window.session.request(WalkTo("input_required"))


def with_a_message(window: MonitorWindow) -> None:
    window.panes.messages.show_error(str(why_illegal(window.machine, "pending", "done")))


def with_a_look_at_the_past(window: MonitorWindow) -> None:
    with_the_form(window)
    find(QAction, "actionGoBack").trigger()


def with_several_sessions(window: MonitorWindow) -> None:
    window.session_actions.open()


def with_all_at_once(window: MonitorWindow) -> None:
    with_several_sessions(window)
    with_the_form(window)
    with_a_message(window)
    find(QCheckBox, "eventLogJsonSwitch").setChecked(True)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize(
    "more",
    [
        nothing_more,
        with_the_form,
        with_a_message,
        with_a_look_at_the_past,
        with_several_sessions,
        with_all_at_once,
    ],
)
def test_nothing_is_cut_in_the_window(
    open_window: OpenWindow, size: tuple[int, int], more: Callable[[MonitorWindow], None]
) -> None:
    """In both sizes everything has its place: no text is cut, nothing overlaps or sticks out."""
    window = open_window(size=size)
    scenarios = [find_scenario(name) for name in bundled_scenarios()]
    window.session_actions.play(max(scenarios, key=lambda scenario: len(scenario.title)))
    more(window)
    settle()
    assert window.size() == QSize(*size)
    assert window_faults(window) == []
    assert diagram_faults(window.panes.diagram) == []
    assert more is with_all_at_once or not scrolls(find(QScrollArea, "sessionPane"))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_state_has_its_place(open_window: OpenWindow, size: tuple[int, int]) -> None:
    """Wherever the session stands, all of the diagram and of the window is seen."""
    window = open_window(size=size)
    for state in spec.STATES[1:]:
        window.session.request(WalkTo(state))
        settle()
        assert window.session.state == state
        assert diagram_faults(window.panes.diagram) == []
        assert window_faults(window) == []
        window.session.request(Reset())


def test_the_tool_bar_keeps_everything_in_a_narrow_window(open_window: OpenWindow) -> None:
    """Scenario and name get less room, and never none."""
    find_all = (QComboBox, "scenarioCombo"), (QSlider, "speedSlider"), (QLabel, "originLabel")
    for width in (1280, 800):
        window = open_window(size=(width, 700))
        settle()
        for kind, name in find_all:
            widget = window.findChild(kind, name)
            assert not widget.visibleRegion().isEmpty(), f"{name} at {width}"
        window.close()


def test_the_list_of_sessions_takes_what_can_be_spared(open_window: OpenWindow) -> None:
    """Names begin alike: where there is room, more of each is seen."""
    widths = []
    for width in (1024, 1280):
        window = open_window(size=(width, 800))
        window.session_actions.open()
        settle()
        widths.append(window.session_dock.width())
        window.close()
    assert widths[0] <= 215
    assert widths[1] >= 255


def test_the_position_in_a_long_session_is_told_whole(window: MonitorWindow) -> None:
    """The bar above the diagram has room for the numbers of many thousand events."""
    window.session.request(WalkTo("plugin_pass"))
    window.session.go_to(2)
    settle()
    label = find(QLabel, "pastLabel")
    longest = label.text().replace("2 of 4", "12,345 of 12,345")
    assert longest.endswith("Still running.")
    assert "12,345" in longest
    assert label.fontMetrics().horizontalAdvance(longest) <= label.width()


def test_what_comes_and_goes_moves_nothing_above_it(window: MonitorWindow) -> None:
    """Neither a message nor a form pushes the timeline from under the pointer, nor the log."""
    panes = window.panes
    window.session.request(WalkTo("plugin_pass"))
    settle()
    before = [pane.pos() for pane in (panes.transitions, panes.timeline, panes.log)]
    window.session.request(WalkTo("input_required"))
    panes.messages.show_error("Something is wrong.")
    settle()
    assert panes.form.isVisible()
    assert [pane.pos() for pane in (panes.transitions, panes.timeline, panes.log)] == before
    assert window.statusBar().geometry().contains(panes.messages.geometry())
    assert not panes.messages.geometry().intersects(window.status.problems.geometry())


@pytest.mark.parametrize(("size", "least"), [(NARROW, 4), (WIDE, 6)])
def test_the_log_keeps_its_rows_while_a_session_waits(
    open_window: OpenWindow, size: tuple[int, int], least: int
) -> None:
    """With the list open and a form below, so many rows are seen, and the detail can be read."""
    window = open_window(size=size)
    window.session_actions.open(find_scenario("asks_once"))
    while window.session.pending_input is None:
        window.session.request(StepOnce())
    settle()
    table = window.panes.log.table
    rows = table.viewport().height() / table.verticalHeader().defaultSectionSize()
    assert rows >= least
    assert table.columnWidth(6) >= (180 if size == NARROW else 240)
    assert not scrolls(find(QScrollArea, "sessionPane"))
    assert window_faults(window) == []


def test_a_look_at_the_past_moves_no_timeline(window: MonitorWindow) -> None:
    """The bar of the position has its place, and the details are as high in every state."""
    panes = window.panes
    window.session.request(WalkTo("failed"))
    settle()
    place = panes.timeline.mapTo(window, QPoint())
    scale = panes.diagram.transform().m11()
    for position in range(1, window.session.count):
        window.session.go_to(position)
        settle()
        assert panes.past.isVisible()
        assert panes.timeline.mapTo(window, QPoint()) == place
        assert panes.diagram.transform().m11() == scale
        hands = [one.cursor().shape() for one in panes.diagram.states.values()]
        assert Qt.CursorShape.PointingHandCursor not in hands  # nothing can be gone to


def test_the_title_stands_where_the_position_does(window: MonitorWindow) -> None:
    """The place above the diagram is never empty: it names the session, or says what is shown."""
    title, past = find(QLabel, "sessionTitle"), window.panes.past
    place, height = title.mapTo(window, QPoint()).x(), window.panes.diagram.height()
    window.session_actions.play(find_scenario("happy_path"))
    info = window.session.info
    assert title.text().split(" · ") == [
        window.session.label,
        info.equipment,
        info.project,
        info.run,
    ]
    window.session.request(WalkTo("failed"))
    window.session.go_to(1)
    settle()
    assert (title.isVisible(), past.isVisible()) == (False, True)
    assert find(QLabel, "pastLabel").mapTo(window, QPoint()).x() == place
    assert window.panes.diagram.height() == height
    window.session.go_to(None)
    settle()
    assert (title.isVisible(), past.isVisible()) == (True, False)


def test_a_selected_time_filters_the_log(window: MonitorWindow) -> None:
    """A drag on the ruler leaves the events of that time; the log leads back to all of them."""
    timeline, log = window.panes.timeline, window.panes.log
    window.session.request(WalkTo("done"))
    settle()
    width = timeline.width()  # at its end is all that was stepped at once
    drag(timeline, QPoint(width // 3, 46), QPoint(width - 20, 46))
    settle()
    assert 0 < log.model.rowCount() < window.session.count
    assert window_faults(window) == []
    click(find(QToolButton, "eventLogRange"))
    assert log.model.rowCount() == window.session.count


def test_the_window_fits_on_a_screen_with_large_letters(open_window: OpenWindow) -> None:
    """1280 pixels at 150 % are 853: list and panes are whole there, and the diagram is small."""
    for size, sessions in (((853, 533), 2), ((683, 512), 1)):
        window = open_window(size=size)
        if sessions > 1:
            window.session_actions.open()
            window.resize(*size)
        settle()
        assert window.size() == QSize(*size)
        assert window_faults(window) == []
        window.close()
