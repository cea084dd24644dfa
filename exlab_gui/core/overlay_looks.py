"""How counts and times look on the diagram, in the window and in pictures.

Every look differs by line or filling, not by colour alone.
"""

from typing import NamedTuple

from exlab_gui.core.diagram_looks import ColourName, Shape
from exlab_gui.core.layout.badges import HEIGHT, STRIP_HEIGHT
from exlab_gui.core.layout.geometry import Box
from exlab_gui.core.layout.shapes import outline
from exlab_gui.core.overlay import Mark, Slowness

STRIP_TEXT_SIZE = 11
_CHARACTER = 0.6  # the estimated width of a character, in sizes of the text
_LEAST_TEXT_SIZE = 7

_DASHES = (2.0, 2.0)


class TextLook(NamedTuple):
    """A frame, and the colour and size of the text in it."""

    frame: Shape
    ink: ColourName
    size: int
    bold: bool


def badge_look(box: Box, count: int, size: int) -> TextLook:
    """Return the look of a count: bold in a solid frame, or 0 in a dashed one."""
    border = outline(box, HEIGHT / 2)
    if not count:
        frame = Shape(border, "surface", "muted", 1.0, _DASHES)
        return TextLook(frame, "muted", size, bold=False)
    return TextLook(Shape(border, "raised", "text", 1.25), "text", size, bold=True)


def strip_look(box: Box, mark: Mark) -> TextLook:
    """Return the look of the times of a state: the slower, the stronger; an estimate is dashed."""
    fill, stroke, ink = _STRIPS[mark.slowness]
    dashes = _DASHES if mark.estimate else ()
    width = _CHARACTER * max(len(mark.times), 1)
    size = max(min(STRIP_TEXT_SIZE, int(box.width / width)), _LEAST_TEXT_SIZE)
    framed = mark.estimate or mark.slowness is not Slowness.USUAL
    border = stroke if framed else None
    frame = Shape(outline(box, STRIP_HEIGHT / 2), fill, border, 1.25, dashes)
    return TextLook(frame, ink, size, bold=mark.slowness is not Slowness.USUAL)


_STRIPS: dict[Slowness, tuple[ColourName, ColourName, ColourName]] = {
    Slowness.USUAL: ("raised", "faint", "text"),
    Slowness.SLOW: ("surface", "warning", "text"),
    Slowness.SLOWEST: ("warning", "warning", "on_meaning"),
}
"""The colours of the filling, the frame and the text."""
