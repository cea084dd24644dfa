"""What people want most often takes few actions: none of it more than three."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QMenu, QToolButton, QWidget

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.trace import ENDING
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel, Resume, WalkTo
from exlab_gui.testing.loop import wait_until
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import hands
from tests.helpers.hands import POPUPS, place_of
from tests.helpers.names import diagram_item, find
from tests.helpers.window import settle
from tests.pictures.kinds import FIELDS, ServerSource, question

pytestmark = POPUPS


class Hands:
    """A user's hands that count: a key, a click, a drag and a typed text are one action each."""

    def __init__(self, window: MonitorWindow) -> None:
        self.window, self.count = window, 0

    def keys(self, action: str) -> None:
        self.count += 1
        hands.press_shortcut(self.window, find(QAction, action))
        settle()

    def enter(self) -> None:
        self.count += 1
        where = QApplication.activeModalWidget() or self.window
        hands.press(where, Qt.Key.Key_Return)
        settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.count += 1
        hands.click(widget, at)
        settle()

    def choose(self, menu: QMenu, name: str) -> None:
        """Click the entry of that name; submenus open under the pointer."""
        self.count += 1
        entry = find(QAction, name)
        entry.trigger()
        menu.close()
        settle()

    def write(self, text: str) -> None:
        self.count += 1
        hands.write(QApplication.activeModalWidget() or self.window, text)
        settle()


@pytest.fixture
def user(window: MonitorWindow) -> Hands:
    settle()
    return Hands(window)


def test_learn_what_the_program_is(user: Hands) -> None:
    """At the first start a card says it; the keys for it are Ctrl+F1."""
    user.keys("actionFirstSteps")
    assert find(QFrame, "welcomeCard").isVisible()
    assert user.count == 1


def test_step_to_done(user: Hands) -> None:
    view = user.window.panes.diagram
    user.count += 1
    menu = hands.right_click(view.viewport(), place_of(view, diagram_item("state_done")))
    assert menu is not None
    user.choose(menu, "stateMenuWalk")
    assert user.window.session.state == "done"
    assert user.count == 2


def test_fail_with_an_error(user: Hands) -> None:
    user.keys("actionFail")
    user.enter()
    assert user.window.session.state == "failed"
    assert user.count == 2


def test_play_a_demo(user: Hands) -> None:
    """The card of the first start has a button for it; here it is opened by keys."""
    user.keys("actionFirstSteps")
    wanted: list[bool] = []
    user.window.help.demo_wanted.connect(lambda: wanted.append(True))
    user.click(find(QFrame, "welcomeCard").findChild(QAbstractButton, "welcomeDemo"))
    assert wanted == [True]
    assert user.count == 2


def test_answer_a_form(user: Hands) -> None:
    window = user.window
    window.session_actions.open(find_scenario("asks_once"))
    while window.session.pending_input is None:
        window.actions_by_name["actionStep"].trigger()
    settle()
    user.keys("actionAnswer")
    user.write("S-1")
    user.enter()
    assert window.session.state == "plugin_pass"
    assert user.count == 3


def test_see_why_a_button_is_disabled(user: Hands) -> None:
    """The pointer rests on it, or the diagram is asked: the tool tip says why and the way there."""
    button = find(QAbstractButton, "transition_done")
    assert not button.isEnabled()
    assert "Not legal from pending" in button.toolTip()


def test_show_only_warnings(user: Hands) -> None:
    """Kinds, and below Show only the kind."""
    log = user.window.panes.log
    menu = find(QToolButton, "eventLogKindsButton").menu()
    user.count += 1  # the button opens the menu, in which no other click is needed
    user.choose(menu, "eventLogOnly_warning")
    assert "warning" not in log.hidden_kinds
    assert len(log.hidden_kinds) == 8 - 1
    assert user.count == 2


def test_export_the_diagram(user: Hands, tmp_path: Path) -> None:
    """Keys and Enter; the name is there already."""
    user.window.settings.used_file(tmp_path / "x")
    user.keys("actionExportDiagram")
    user.enter()
    wait_until(lambda: list(tmp_path.glob("*.svg")), 5, lambda: "No diagram was written.")
    assert user.count == 2


def test_open_a_recording(user: Hands, tmp_path: Path) -> None:
    window = user.window
    window.session.request(WalkTo("done"))
    path = tmp_path / f"kept{ENDING}"
    path.write_bytes(b"".join(window.session.source.recording().lines()))
    window.settings.used_file(path)
    user.keys("actionOpenTrace")
    user.write(path.name)
    user.enter()
    wait_until(lambda: not window.session.traits.grows, 5, lambda: "It was not opened.")
    assert user.count == 3


def test_look_at_the_middle(user: Hands) -> None:
    window = user.window
    window.session.request(WalkTo("done"))
    settle()
    timeline = window.panes.timeline
    user.click(timeline, QPoint(timeline.width() // 2, 12))
    assert window.session.position is not None
    assert user.count == 1


def test_fork_and_compare(user: Hands) -> None:
    """Each by its keys, and a fork by a button of the past."""
    window = user.window
    window.session.request(WalkTo("done"))
    window.session.go_to(3)
    settle()
    user.click(find(QAbstractButton, "past_actionForkHere"))
    assert window.session.label == "fork-1"
    assert user.count == 1
    user.keys("actionCompare")
    assert find(QWidget, "compareDialog").isVisible()
    assert user.count == 2
    find(QWidget, "compareDialog").close()


@pytest.fixture
def live(user: Hands) -> Hands:
    """Have two live sessions that wait, and show neither."""
    window = user.window
    for number in (1, 2):
        asked = ServerSource(number, "input_required", question(FIELDS[:1]))
        window.sessions.add(SessionModel(asked))
    settle()
    return user


def test_answer_a_live_session(live: Hands) -> None:
    """Its row is chosen, and the first field has the focus."""
    view = live.window.session_list
    row = view.visualRect(view.rows.index(1, 0)).center()
    live.count += 1
    hands.double_click(view.viewport(), row)
    settle()
    live.write("S-1")
    live.enter()
    assert live.window.session.source.sent == [Resume({"f0": "S-1"})]
    assert live.count == 3


def test_cancel_another_session(live: Hands) -> None:
    view = live.window.session_list
    live.click(view.viewport(), view.visualRect(view.rows.index(2, 0)).center())
    live.keys("actionCancel")
    live.click(find(QAbstractButton, "endConfirm"))
    assert live.window.session.source.sent == [Cancel(discard_files=False)]
    assert live.count == 3


def test_present(user: Hands) -> None:
    user.keys("actionPresentation")
    assert user.window.presenting.presenting
    user.keys("actionPresentation")
    assert not user.window.presenting.presenting
    assert user.count == 2
