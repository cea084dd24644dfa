"""Counts and times on a diagram as SVG."""

from collections.abc import Iterator

from exlab_gui.core.layout.badges import Place, badge_text, place_badges, time_strip
from exlab_gui.core.layout.geometry import Box, Layout
from exlab_gui.core.overlay import Mark, Overlay
from exlab_gui.core.overlay_looks import TextLook, badge_look, strip_look
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.export.pictures.svg_parts import svg_colour, svg_number, svg_shape, svg_text

CAPTION_HEIGHT = 22.0
_CAPTION_SIZE = 12.0


def overlay_lines(overlay: Overlay, layout: Layout, colours: PictureColours) -> Iterator[str]:
    """Yield a group for each count and for the times of each state."""
    places = place_badges(layout)
    for state, mark in overlay.states.items():
        yield from _badge(mark, places.states[state], colours)
        if mark.times:
            strip = time_strip(layout.boxes[state])
            yield from _framed(mark, mark.times, strip, strip_look(strip, mark), colours)
    for edge, mark in overlay.edges.items():
        yield from _badge(mark, places.edges[edge], colours)


def caption(overlay: Overlay, frame: Box, colours: PictureColours) -> str:
    """Return what the overlay is of, below `frame`."""
    return (
        f'<text x="{svg_number(frame.x + 8)}" y="{svg_number(frame.bottom + _CAPTION_SIZE)}"'
        f' font-family="sans-serif" font-size="{svg_number(_CAPTION_SIZE)}"'
        f' fill="{svg_colour("muted", colours)}">{svg_text(overlay.title)}</text>'
    )


def _badge(mark: Mark, place: Place, colours: PictureColours) -> Iterator[str]:
    text, size, width = badge_text(mark.count, place.room)
    box = place.box(width)
    yield from _framed(mark, text, box, badge_look(box, mark.count, size), colours)


def _framed(
    mark: Mark, text: str, box: Box, look: TextLook, colours: PictureColours
) -> Iterator[str]:
    x, y = box.centre
    yield f"<g><title>{svg_text(mark.told)}</title>"
    yield svg_shape(look.frame, colours)
    yield (
        f'<text x="{svg_number(x)}" y="{svg_number(y + look.size * 0.35)}" text-anchor="middle"'
        f' font-family="sans-serif" font-size="{look.size}"'
        f' font-weight="{"bold" if look.bold else "normal"}"'
        f' fill="{svg_colour(look.ink, colours)}">{svg_text(text)}</text></g>'
    )
