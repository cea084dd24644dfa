import re

import pytest
from msgspec.structs import fields, replace

from exlab_gui.theme.colours import DARK, LIGHT, Colours
from tests.helpers.contrast import THEMES

themes = pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)


def every_colour(colours: Colours) -> list[str]:
    values = [getattr(colours, field.name) for field in fields(colours)]
    return [value for v in values for value in (v if isinstance(v, tuple) else (v,))]


@themes
def test_every_colour_is_a_six_digit_hex_number(colours: Colours) -> None:
    """Every colour is written as ``#RRGGBB``, as Qt, SVG and the contrast formula all read it."""
    assert [c for c in every_colour(colours) if not re.fullmatch("#[0-9A-F]{6}", c)] == []


def test_light_is_light_and_dark_is_dark() -> None:
    """The light theme has dark text on light surfaces, and the dark one the reverse."""
    assert LIGHT.text < LIGHT.muted < LIGHT.window
    assert DARK.text > DARK.muted > DARK.window


def test_both_themes_have_as_many_bars() -> None:
    """A state keeps its place among the bars when the theme changes."""
    assert len(LIGHT.bars) == len(DARK.bars) >= 8


@themes
def test_no_two_colours_of_a_row_of_meanings_are_the_same(colours: Colours) -> None:
    """What means different things never has the same colour."""
    meant = [colours.accent, colours.success, colours.warning, colours.failure]
    meant += [colours.aborted, colours.input, colours.past, *colours.bars]
    assert len(set(meant)) == len(meant)


def test_a_theme_cannot_be_changed() -> None:
    """A theme is a value: another one is made from it, itself it stays."""
    assert replace(LIGHT, accent="#000000") != LIGHT
    with pytest.raises(AttributeError):
        LIGHT.accent = "#000000"  # type: ignore[misc]  # what the test is about
