"""The search, the minimap, the marker of the current state, and the labels of transitions."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.overlay import coverage_overlay
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.diagram.state_search import matches
from tests.helpers.drawings import large
from tests.helpers.hands import click, press, write
from tests.helpers.other_machines import OTHERS
from tests.helpers.sessions import session_in
from tests.helpers.window import settle


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> DiagramView:
    view = DiagramView(theme)
    qtbot.addWidget(view)
    view.resize(480, 600)
    view.show()
    view.activateWindow()
    view.setFocus()
    view.set_session(session_in("rendering"))
    return view


def line(view: DiagramView) -> QLineEdit:
    return view.findChild(QLineEdit, "diagramSearch")


def told(view: DiagramView) -> str:
    return view.findChild(QLabel, "diagramSearchResult").text()


def search(view: DiagramView, text: str) -> None:
    view.on_top.search.begin()
    write(line(view), text)


def match(view: DiagramView) -> dict[str, str]:
    """Return how the states stand to the search, without those that do not match."""
    states = {state: item.property("match") for state, item in view.states.items()}
    return {state: how for state, how in states.items() if how not in ("none", "", None)}


def here(view: DiagramView) -> QRect:
    """Return where the current state is in the view."""
    return view.rect_of(view.states[view.session.state].rect).toRect()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("VALID", ["validating", "post_validate"]),
        ("post val", ["post_validate"]),
        ("running_plugins", ["plugin_pass"]),  # its phase
        ("  ", []),
        ("nowhere", []),
        ("(", []),
    ],
)
def test_names_and_phases_are_searched(text: str, found: list[str]) -> None:
    """Each word is somewhere in the name or the phase, in any case."""
    assert matches(CREATION_MACHINE, text) == found


def test_matches_come_to_the_fore(view: DiagramView) -> None:
    """The others recede, one match is chosen, and Enter goes round."""
    search(view, "valid")
    assert match(view) == {"validating": "chosen", "post_validate": "one"}
    assert view.states["rendering"].opacity() < 1 == view.states["validating"].opacity()
    assert told(view) == "1 of 2"
    press(line(view), Qt.Key.Key_Return)
    assert match(view)["post_validate"] == "chosen"
    assert told(view) == line(view).accessibleDescription() == "2 of 2"
    press(line(view), Qt.Key.Key_Return)
    assert told(view) == "1 of 2"
    press(line(view), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert told(view) == "2 of 2"


def test_no_key_of_the_search_moves_the_session(view: DiagramView, qtbot: QtBot) -> None:
    """Enter and letters are for the search, whatever state has the focus."""
    view.states["plugin_pass"].setFocus()
    search(view, "plugin")
    with qtbot.assertNotEmitted(view.key_pressed):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down):
            press(line(view), key)
    assert view.session.state == "rendering"


def test_escape_ends_at_what_was_found(view: DiagramView) -> None:
    """All states are as they were, and the keys go on from the match."""
    search(view, "sync")
    press(line(view), Qt.Key.Key_Escape)
    assert match(view) == {}
    assert {item.opacity() for item in (*view.states.values(), *view.edges.values())} >= {1.0}
    assert view.states["rendering"].opacity() == 1
    assert not view.on_top.is_searching
    assert view.chosen_state == "sync_queued"
    assert view.hasFocus()


def test_it_says_when_nothing_is_found(view: DiagramView) -> None:
    """Then no state is chosen, and the button ends the search as Escape does."""
    search(view, "xyzzy")
    assert told(view) == "Nothing found"
    press(line(view), Qt.Key.Key_Return)
    click(view.findChild(QToolButton, "diagramSearchEnd"))
    assert view.chosen_state is None
    assert view.hasFocus()


def test_a_match_out_of_sight_is_brought_into_sight(view: DiagramView) -> None:
    """A diagram that is zoomed moves to the match; the search is asked again of another machine."""
    view.zoom(2.5)
    search(view, "sync_queued")
    assert view.sight().contains(view.states["sync_queued"].rect)
    view.set_session(session_in("pending", OTHERS["60 states"]))
    assert told(view) == "Nothing found"


def test_a_marker_leads_to_the_current_state(view: DiagramView) -> None:
    """It is there only while the state is out of sight, and tells it and where it is."""
    marker = view.on_top.marker
    view.zoom(3)
    view.ensureVisible(view.states["rendering"])
    assert marker.isHidden()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert marker.isVisible()
    assert marker.text() == "↑ rendering"
    assert "rendering" in marker.accessibleName()
    assert view.rect().contains(marker.geometry())
    click(marker)
    assert view.sight().contains(view.states["rendering"].rect)
    assert marker.isHidden()


def test_while_one_searches_the_diagram_does_not_run_away(view: DiagramView) -> None:
    """The session goes on; the marker tells where to."""
    view.zoom(4)
    search(view, "done")
    before = view.sight()
    view.session.request(Step("plugin_pass"))
    assert view.sight() == before
    assert view.on_top.marker.text().endswith("plugin_pass")
    assert not view.on_top.marker.geometry().intersects(view.on_top.search.geometry())


def test_the_minimap_is_there_if_not_all_is_in_sight(view: DiagramView) -> None:
    """It can be switched off, and never covers the current state."""
    minimap = view.on_top.minimap
    assert minimap.isHidden()
    view.zoom(3)
    for state in ("rendering", "plugin_pass", "cache_write", "failed"):
        if state != "rendering":
            view.session.request(Step(state))
        assert minimap.isVisible()
        assert not minimap.geometry().intersects(here(view))
    view.on_top.want_minimap(False)
    assert minimap.isHidden()
    view.on_top.want_minimap(True)
    assert minimap.isVisible()
    view.fit()
    assert minimap.isHidden()


def test_a_drag_on_the_minimap_moves_the_diagram(view: DiagramView) -> None:
    """What is pointed at on the map is brought into the middle."""
    view.zoom(4)
    minimap = view.on_top.minimap
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(minimap, Qt.MouseButton.LeftButton, none, QPoint(2, 2))
    assert view.sight().top() == pytest.approx(view.sceneRect().top(), abs=2)
    assert minimap.isVisible()  # it stays under the pointer, even over the current state
    below = QPoint(minimap.width() - 2, minimap.height() - 2)
    QTest.mouseMove(minimap, below)
    settle()
    assert view.sight().bottom() == pytest.approx(view.sceneRect().bottom(), abs=2)
    QTest.mouseRelease(minimap, Qt.MouseButton.LeftButton, none, below)
    assert not minimap.geometry().intersects(here(view))


def test_labels_are_apart_and_go_with_the_pointer(view: DiagramView) -> None:
    """The labels of a state's transitions cover neither each other nor another state's name."""
    counted = Coverage(CREATION_MACHINE)
    counted.add_path(["pending", "validating", "rendering", "plugin_pass", "input_required"])
    counted.add_path(["pending", "validating", "rendering", "plugin_pass", "failed"])
    counted.add_path(["plugin_pass", "input_required", "plugin_pass", "cache_write"])
    view.forward.show_figures(coverage_overlay(counted))
    view.states["plugin_pass"].setFocus()
    labels = list(view.forward.labels.values())
    assert {label.shown for label in labels} == {"2 ×", "1 ×"}
    assert len(labels) == 5
    for number, label in enumerate(labels):
        assert not any(label.rect.intersects(other.rect) for other in labels[:number])
        assert not any(label.rect.intersects(item.rect) for item in view.states.values())
    view.states["plugin_pass"].clearFocus()
    assert view.forward.labels == {}


def test_pointer_and_focus_on_two_states(view: DiagramView) -> None:
    """The one that came last counts; when it goes, the other one does again."""
    view.forward.point_at("rendering", pointed_at=True)
    view.forward.point_at("done", pointed_at=True)
    assert view.pointed_state == "done"
    view.forward.point_at("done", pointed_at=False)
    assert view.pointed_state == "rendering"
    assert view.edges["validating", "rendering"].opacity() == 1
    assert view.edges["sync_queued", "done"].opacity() < 1


def test_a_machine_that_is_large_is_searched_and_mapped(view: DiagramView) -> None:
    """A new machine under a search, a map and a marker leaves nothing of the old one."""
    search(view, "r")
    view.set_session(SessionModel(session_in("pending", large(exits=True)).source))
    settle()
    view.zoom(3)
    settle()
    assert view.on_top.minimap.isVisible()
    view.grab()
