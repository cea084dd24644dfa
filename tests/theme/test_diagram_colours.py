from typing import get_args

import pytest
from msgspec.structs import fields

from exlab_gui.core.analysis.status import StateStatus
from exlab_gui.core.diagram_looks import EDGE_LOOKS, STATE_LOOKS, ColourName, state_look
from exlab_gui.core.meaning import Meaning
from exlab_gui.core.picture_colours import PictureColours
from tests.helpers.contrast import GRAPHICS_CONTRAST, TEXT_CONTRAST, THEMES, contrast

themes = pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)


def test_pictures_have_every_colour_that_shapes_name() -> None:
    """Whatever shapes are coloured with, a theme has to have."""
    assert set(get_args(ColourName)) <= {field.name for field in fields(PictureColours)}


@themes
def test_a_states_name_can_be_read_whatever_its_status(colours: PictureColours) -> None:
    """A label has 4.5 : 1 to the inside of its box, and the box's outline 3 : 1 to the pane."""
    ends = (state_look(StateStatus.CURRENT, meaning) for meaning in get_args(Meaning))
    for look in (*STATE_LOOKS.values(), *ends):
        fill, outline = getattr(colours, look.fill), getattr(colours, look.outline)
        assert contrast(getattr(colours, look.label), fill) >= TEXT_CONTRAST
        assert contrast(outline, colours.surface) >= GRAPHICS_CONTRAST


@themes
def test_a_transition_can_be_seen_whatever_its_status(colours: PictureColours) -> None:
    """A line has 3 : 1 to the pane, the quiet bundle of idle ones to the exits included."""
    lines = {look.colour for look in EDGE_LOOKS.values()} | {"faint"}
    for line in lines:
        assert contrast(getattr(colours, line), colours.surface) >= GRAPHICS_CONTRAST
