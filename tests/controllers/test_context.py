"""What the groups of actions share: they are done, and offered or refused, by their names."""

from exlab_gui.widgets.actions import TIPS
from tests.helpers.window import OpenWindow


def test_an_action_does_what_stands_for_its_name(open_window: OpenWindow) -> None:
    """Triggered, it calls that, with nothing that Qt would pass."""
    context, done = open_window().context, []
    context.connect({"actionAbout": lambda *given: done.append(given)})
    context.actions["actionAbout"].trigger()
    assert done == [()]


def test_what_is_refused_says_why(open_window: OpenWindow) -> None:
    """The reason is in its tips; without one, they tell what it does."""
    context = open_window().context
    action = context.actions["actionListen"]
    context.set_available("actionListen", "Nothing to hear")
    assert not action.isEnabled()
    assert action.statusTip() == "Nothing to hear"
    context.set_available("actionListen", None)
    assert action.isEnabled()
    assert action.statusTip() == TIPS["actionListen"]
