"""What screen readers find in the diagram."""

import gc
import subprocess
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.accessibility.diagram_updates import DiagramUpdates
from exlab_gui.widgets.accessibility.factory import install
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from tests.helpers import spec
from tests.helpers.expected import tip
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.screen_reader import Found, walk
from tests.helpers.sessions import session_in
from tests.helpers.strategies import START
from tests.helpers.window import settle

ITEM = QAccessible.Role.ListItem


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> DiagramView:
    install()
    view = DiagramView(theme)
    qtbot.addWidget(view)
    view.resize(480, 700)
    view.show()
    view.set_session(session_in("rendering"))
    view.key_pressed.connect(lambda state: view.session.request(Step(state)))
    return view


def parts(view: DiagramView) -> dict[str, Found]:
    return {one.name: one for one in walk(view) if one.role is ITEM}


def test_every_state_and_transition_is_a_child(view: DiagramView) -> None:
    """The diagram is a list of its states, in their order, and of its transitions."""
    found = walk(view)
    assert (found[0].role, found[0].name) == (QAccessible.Role.List, "State diagram")
    names = [one.name for one in found if one.role is ITEM]
    assert names[: len(spec.STATES)] == [*spec.STATES]
    assert set(names[len(spec.STATES) :]) == {f"{a} to {b}" for a, b in spec.LEGAL}
    assert all(
        one.interface.parent().object() is view for one in found[1:] if one.thing is not None
    )


def test_each_says_how_it_stands(view: DiagramView) -> None:
    """Status, how often, breakpoint, and why the session cannot go there."""
    view.set_breakpoints(frozenset({"done"}))
    found = parts(view)
    assert {name: found[name].description for name in ("rendering", "pending", "plugin_pass")} == {
        "rendering": "Current state. Visited once.",
        "pending": "Visited once.",
        "plugin_pass": "Possible next state. Not visited.",
    }
    assert found["done"].description == "Not visited. Breakpoint."
    assert found["pending"].help == tip("rendering", "pending")
    assert found["validating to rendering"].description == "Just taken. Taken once."
    assert found["rendering to failed"].description == "Possible now. Not taken."
    assert found["rendering"].interface.state().selected
    assert not found["pending"].interface.state().selected


def test_visits_are_counted_up_to_the_position(view: DiagramView) -> None:
    """As often as the session was in the state by then, and however it is known."""
    path = ["plugin_pass", "input_required", "plugin_pass", "input_required", "plugin_pass"]
    events = [Event(n, START, state, Origin.INFERRED) for n, state in enumerate(path, 1)]
    session = SessionModel(RecordedSource(CREATION_MACHINE, events))
    view.set_session(session)
    assert parts(view)["plugin_pass"].description == "Current state. Visited 3 times. Inferred."
    session.go_to(3)
    found = parts(view)
    assert found["plugin_pass"].description == "Current state. Visited 2 times. Inferred."
    assert found["plugin_pass to input_required"].description.startswith("Possible now. Taken once")


def test_it_goes_where_that_is_legal(view: DiagramView) -> None:
    """A legal state and the transition to it are pressed; nothing else can be."""
    found = parts(view)
    offered = {name for name, one in found.items() if "Press" in one.actions}
    legal = ("plugin_pass", "failed", "aborted")
    assert offered == {*legal, *(f"rendering to {state}" for state in legal)}
    actions = found["plugin_pass"].interface.actionInterface()
    assert actions.localizedActionName("Press") == "Go to plugin_pass"
    actions.doAction("Press")
    settle()
    assert view.session.state == "plugin_pass"
    parts(view)["plugin_pass to input_required"].interface.actionInterface().doAction("Press")
    settle()
    assert view.session.state == "input_required"
    parts(view)["pending"].interface.actionInterface().doAction("Press")
    settle()
    assert view.session.state == "input_required"


def test_the_focus_is_set_and_found(view: DiagramView) -> None:
    """A reader moves the focus to a state, and is told where it is."""
    view.activateWindow()
    parts(view)["done"].interface.actionInterface().doAction("SetFocus")
    settle()
    assert view.chosen_state == "done"
    assert parts(view)["done"].interface.state().focused
    focused = QAccessible.queryAccessibleInterface(view).focusChild()
    assert focused.text(QAccessible.Text.Name) == "done"


def test_a_state_is_found_where_it_is_seen(view: DiagramView) -> None:
    """A touch of the screen reads the state under the finger."""
    whole = QAccessible.queryAccessibleInterface(view)
    for name in spec.STATES:
        place = parts(view)[name].interface.rect().center()
        found = whole.childAt(place.x(), place.y())
        assert found.text(QAccessible.Text.Name) == name


def test_another_machine_is_read_at_once(view: DiagramView) -> None:
    """What a reader held of the one before is no longer there, and harms nothing."""
    held = walk(view)
    machine = StateMachine("a", {"a": frozenset({"b"}), "b": frozenset()}, {})
    for _ in range(3):
        view.set_session(session_in("pending", machine))
        assert [*parts(view)] == ["a", "b", "a to b"]
        view.set_session(session_in("done"))
        assert len(parts(view)) == len(spec.STATES) + len(spec.LEGAL)
    gc.collect()
    gone = [one.interface for one in held if one.role is ITEM]
    assert not any(isValid(interface) for interface in gone)
    assert held[0].interface.isValid()


def test_what_is_not_in_the_table_is_read_too(view: DiagramView) -> None:
    """A transition against the table is told as such, and goes with the session."""
    events = [Event(1, START, "pending", Origin.OBSERVED), Event(2, START, "done", Origin.OBSERVED)]
    view.set_session(SessionModel(RecordedSource(CREATION_MACHINE, events)))
    assert parts(view)["pending to done"].description == "Not legal. Taken once."
    view.set_session(session_in("rendering"))
    assert "pending to done" not in parts(view)


def test_a_reader_is_told_what_has_changed(view: DiagramView) -> None:
    """It keeps what it has read: each part that is described otherwise now is told, once."""
    walk(view)
    updates = view.findChild(DiagramUpdates)
    assert updates.tell() == []
    view.session.request(Step("plugin_pass"))
    told = updates.tell()
    assert {"state_rendering", "state_plugin_pass", "edge_rendering__plugin_pass"} <= {*told}
    assert "state_done" not in told
    assert updates.tell() == []
    machine = StateMachine("a", {"a": frozenset({"b"}), "b": frozenset()}, {})
    view.set_session(session_in("pending", machine))
    assert updates.tell() == ["diagramView"]


def test_a_reader_is_not_flooded(view: DiagramView, qtbot: QtBot) -> None:
    """However often the session changes, a reader that is there is told a few times a second."""
    walk(view)
    pause = view.findChild(DiagramUpdates).findChild(QTimer)
    view.session.request(Step("plugin_pass"))
    assert not pause.isActive()
    QAccessible.setActive(True)
    if not QAccessible.isActive():
        pytest.skip("this version of Qt has no reader without a desktop")
    try:
        with qtbot.waitSignal(pause.timeout):
            view.session.request(Step("input_required"))
            assert pause.isActive()
            began = pause.remainingTime()
            view.session.request(Step("plugin_pass"))
            assert pause.remainingTime() <= began
    finally:
        QAccessible.setActive(False)


def test_nothing_is_kept_alive(theme: Theme) -> None:
    """A reader that has read everything does not keep a diagram that is over."""
    install()
    view = DiagramView(theme)
    view.set_session(session_in("done"))
    view.show()
    walk(view)
    gone: list[bool] = []
    view.states["done"].destroyed.connect(lambda: gone.append(True))
    interface = parts(view)["done"].interface
    view.deleteLater()
    settle()
    gc.collect()
    assert len(gone) == 1
    assert not isValid(interface)


def test_the_program_ends_well_after_it_was_read() -> None:
    """Qt deletes what a reader was given, and Python nothing twice."""
    code = """
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
QAccessible.setActive(True)
other = QWidget()
QAccessible.queryAccessibleInterface(other)  # so that Qt's cache is there before our factory
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.accessibility.diagram_updates import DiagramUpdates
from exlab_gui.widgets.accessibility.factory import install
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from tests.helpers.screen_reader import walk
from tests.helpers.sessions import session_in
install()
view = DiagramView(Theme(app))
view.set_session(session_in("done"))
view.show()
print(len(walk(view)) > 30)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["True"]), done.stderr
