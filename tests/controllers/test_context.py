"""What the groups of actions share: they are done, and offered or refused, by their names."""

from exlab_gui.widgets.actions import TIPS
from tests.helpers.window import OpenWindow


def test_an_action_does_what_stands_for_its_name(open_window: OpenWindow) -> None:
    """Triggered, it calls that, with nothing that Qt would pass."""
    desk, done = open_window().desk, []
    desk.connect({"actionAbout": lambda *given: done.append(given)})
    desk.actions["actionAbout"].trigger()
    assert done == [()]


def test_what_is_refused_says_why(open_window: OpenWindow) -> None:
    """The reason is in its tips; without one, they tell what it does."""
    desk = open_window().desk
    action = desk.actions["actionListen"]
    desk.offer("actionListen", "Nothing to hear")
    assert not action.isEnabled()
    assert action.statusTip() == "Nothing to hear"
    desk.offer("actionListen", None)
    assert action.isEnabled()
    assert action.statusTip() == TIPS["actionListen"]
