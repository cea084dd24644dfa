"""Of a name that is not known, a message says which may be meant and which there are."""

from exlab_gui.core.text.suggest import unknown_name_message


def test_the_nearest_is_suggested():
    """A misspelt name brings up the one it resembles, however it is capitalised."""
    assert unknown_name_message("Rendring", ["done", "rendering"], "a state") == (
        '"Rendring" is not a state; did you mean "rendering"? Known: done, rendering.'
    )


def test_nothing_is_suggested_where_nothing_is_near():
    """A name like none of the others brings up only what there is."""
    assert unknown_name_message("xyz", ["done", "rendering"], "a state") == (
        '"xyz" is not a state. Known: done, rendering.'
    )


def test_a_name_is_shown_in_one_line():
    """What was given is shown with its unseen characters written out, and cut short."""
    told = unknown_name_message("a\n" + "b" * 1_000, ["done"], "a state")
    assert told.startswith(r'"a\nbbb')
    assert len(told) < 200
