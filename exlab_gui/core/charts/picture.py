"""A chart as it is drawn: bars, shapes and texts, and the spots of it that can be chosen."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import msgspec

from exlab_gui.core.diagram_looks import ColourName, Shape

PADDING = 12.0
"""The space around what is drawn."""


class Bar(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: ColourName


class Text(NamedTuple):
    """A text on a base line; `anchor` tells which end of it, or its middle, is at `x`."""

    x: float
    y: float
    text: str
    colour: ColourName = "text"
    anchor: Literal["start", "middle", "end"] = "start"


Item = Bar | Shape | Text


class OpenSession(NamedTuple):
    """A choice that opens a session, by its number in the index."""

    number: int


class Narrow(NamedTuple):
    """A choice that shows the sessions with these values: pairs of a facet and its value.

    A value is empty if it is not known.
    """

    values: tuple[tuple[str, str], ...]


class ShowSpan(NamedTuple):
    """A choice that shows a span of time closer, in microseconds since 1970."""

    first: int
    last: int


Choice = OpenSession | Narrow | ShowSpan


class Spot(NamedTuple):
    """A part of a picture that says something, and may lead to something."""

    x: float
    y: float
    width: float
    height: float
    tip: str
    choice: Choice | None = None

    def contains(self, x: float, y: float) -> bool:
        return 0 <= x - self.x <= self.width and 0 <= y - self.y <= self.height


class Letters(NamedTuple):
    """The font of a picture: its family, its size, and how wide a text is in it."""

    family: str
    size: float
    width: Callable[[str], float]

    @property
    def line(self) -> float:
        """The height of a line."""
        return self.size * 1.5

    def fitted(self, text: str, room: float) -> str:
        """Return `text`, without its middle if it is wider than `room`."""
        if self.width(text) <= room:
            return text
        least, most = 0, len(text)
        while least < most:  # the most characters that fit
            kept = (least + most + 1) // 2
            if self.width(_without_middle(text, kept)) <= room:
                least = kept
            else:
                most = kept - 1
        return _without_middle(text, least)


class Picture(msgspec.Struct, frozen=True):
    """What is drawn, from back to front; later spots lie above earlier ones.

    `description` says in a sentence what is seen. `plot` is where the axis begins and ends.
    """

    width: float
    height: float
    title: str
    description: str
    items: Sequence[Item]
    spots: Sequence[Spot]
    letters: Letters
    plot: tuple[float, float] = (0.0, 1.0)

    def share_at(self, x: float) -> float:
        """Return where `x` is on the axis, from 0 to 1."""
        left, right = self.plot
        return min(max((x - left) / (right - left), 0.0), 1.0)

    def spot_at(self, x: float, y: float) -> Spot | None:
        return next((spot for spot in reversed(self.spots) if spot.contains(x, y)), None)


class Canvas(NamedTuple):
    """What is drawn on: a width, a font, and the part from `top` to `bottom` that is seen.

    `span` is the time that is shown, in microseconds since 1970, in charts over time.
    """

    width: float
    letters: Letters
    top: float = 0.0
    bottom: float = float("inf")
    span: tuple[float, float] | None = None


def _without_middle(text: str, kept: int) -> str:
    begin = (kept + 1) // 2
    return f"{text[:begin]}…{text[len(text) - (kept - begin) :]}"
