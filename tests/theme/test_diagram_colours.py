from typing import get_args

import pytest

from exlab_gui.core.layout.style import EDGE_LOOKS, STATE_LOOKS, ColourName, DiagramColours
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.theme.contrast import GRAPHICS_CONTRAST, TEXT_CONTRAST, contrast

themes = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@themes
def test_a_theme_has_every_colour_that_drawings_name(colours: DiagramColours) -> None:
    """Whatever the diagram's shapes are coloured with is in either theme."""
    assert [name for name in get_args(ColourName) if not hasattr(colours, name)] == []


@themes
def test_a_states_name_can_be_read_whatever_its_status(colours: DiagramColours) -> None:
    """A label has 4.5 : 1 to the inside of its box, and the box's outline 3 : 1 to the pane."""
    for look in STATE_LOOKS.values():
        fill, outline = getattr(colours, look.fill), getattr(colours, look.outline)
        assert contrast(getattr(colours, look.label), fill) >= TEXT_CONTRAST
        assert contrast(outline, colours.surface) >= GRAPHICS_CONTRAST


@themes
def test_a_transition_can_be_seen_whatever_its_status(colours: DiagramColours) -> None:
    """A line has 3 : 1 to the pane, the quiet bundle of idle ones to the exits included."""
    lines = {look.colour for look in EDGE_LOOKS.values()} | {"faint"}
    for line in lines:
        assert contrast(getattr(colours, line), colours.surface) >= GRAPHICS_CONTRAST
