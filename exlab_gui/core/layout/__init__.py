"""Where the states of a machine stand and its transitions run, from its table alone.

`lay_out` gives the picture: the spine in one straight line from top to bottom, what loops beside
it, the exits apart. The steps follow each other in the modules `ranks`, `order`, `columns`,
`ports`, `straight`, `lanes`, `exits` and `routes`; `build` puts them together. `arc` draws what
was observed although the table lacks it. `shapes` has what is drawn at the places found.
"""

from exlab_gui.core.layout.arc import arc_route
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import Box, Layout, Point, Route
from exlab_gui.core.layout.shapes import (
    Line,
    Move,
    Piece,
    Quad,
    arrow_head,
    corner_radius,
    middle,
    rounded,
)

__all__ = [
    "Box",
    "Layout",
    "Line",
    "Move",
    "Piece",
    "Point",
    "Quad",
    "Route",
    "arc_route",
    "arrow_head",
    "corner_radius",
    "lay_out",
    "middle",
    "rounded",
]
