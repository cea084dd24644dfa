import pytest

from exlab_gui.core.layout.badges import WIDTH, badge_text, place_badges, short_count
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.machine import CREATION_MACHINE


@pytest.mark.parametrize(
    ("times", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1k"),
        (99_999, "99k"),
        (100_000, ".1M"),
        (999_999, ".9M"),
        (1_000_000, "1M"),
        (10**12, "99M"),
    ],
)
def test_a_count_is_short(times: int, text: str) -> None:
    """However often something happened, its count fits into its badge."""
    assert short_count(times) == text


@pytest.mark.parametrize(
    ("times", "room", "text"),
    [
        (7, WIDTH, "7"),
        (999, WIDTH, "999"),
        (999, 30, "999"),
        (99_999, WIDTH, "99k"),
        (99_999, 30, "99k"),
        (99_999, 46, "99,999"),
        (123_456, 38, "123k"),
        (10**12, 46, "99M"),
    ],
)
def test_a_count_is_as_exact_as_there_is_room_for(times: int, room: float, text: str) -> None:
    """The frame is never narrower than its number, nor wider than its room."""
    shown = badge_text(times, room)
    assert shown.text == text
    assert WIDTH <= shown.width <= max(room, WIDTH)
    assert len(text) * shown.size * 0.55 < shown.width


def test_states_have_room_for_five_digits() -> None:
    """99,999 can be read at each state of the creation machine, whatever is counted elsewhere."""
    places = place_badges(lay_out(CREATION_MACHINE)).states.values()
    assert [place for place in places if badge_text(99_999, place.room).text != "99,999"] == []
