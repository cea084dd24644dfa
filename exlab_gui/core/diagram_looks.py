"""The shapes and colours of states and transitions, by their status.

Every status differs from every other by shape, line or mark, not by colour alone. The window and
the exported pictures draw the same shapes.
"""

from math import pi
from typing import Literal, NamedTuple

import msgspec

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.layout.geometry import Box, Point, Route
from exlab_gui.core.layout.shapes import (
    Path,
    arrow_head,
    circle,
    corner_radius,
    curved,
    middle,
    outline,
    polyline,
    rounded,
    shortened,
)
from exlab_gui.core.meaning import Meaning

MARK_INDENT = 13.0
"""The distance of the middle of a mark from the left border of its box."""

ColourName = Literal[
    "surface",
    "raised",
    "text",
    "muted",
    "faint",
    "outline",
    "accent",
    "on_accent",
    "accent_soft",
    "on_meaning",
    Meaning,
]


_RING = 4.0  # from the outline of the current state to its inside


class Shape(msgspec.Struct, frozen=True):
    """A path with its colours, the width of its line and the lengths of dashes and gaps.

    A colour that is None is not painted. Lines have flat ends and mitred joins.
    """

    path: Path
    fill: ColourName | None = None
    stroke: ColourName | None = None
    width: float = 1.0
    dashes: tuple[float, ...] = ()


class StateLook(NamedTuple):
    """The look of a status of states, besides its mark."""

    fill: ColourName
    outline: ColourName
    width: float
    dashes: tuple[float, ...]
    label: ColourName


class EdgeLook(NamedTuple):
    """The look of a status of transitions; `level` is the order of drawing."""

    colour: ColourName
    width: float
    dashes: tuple[float, ...]
    head: float
    level: int


STATE_LOOKS = {
    StateStatus.CURRENT: StateLook("accent", "accent", 2.0, (), "on_accent"),
    StateStatus.LEGAL: StateLook("accent_soft", "accent", 1.75, (5.0, 3.0), "text"),
    StateStatus.VISITED: StateLook("raised", "muted", 1.75, (), "text"),
    StateStatus.IDLE: StateLook("raised", "faint", 1.0, (), "muted"),
}

EDGE_LOOKS = {
    EdgeStatus.VIOLATION: EdgeLook("failure", 2.5, (2.5, 3.5), 10.0, 5),
    EdgeStatus.LAST: EdgeLook("accent", 3.0, (), 11.0, 4),
    EdgeStatus.LEGAL: EdgeLook("accent", 1.75, (5.0, 3.0), 8.0, 3),
    EdgeStatus.TAKEN: EdgeLook("text", 2.0, (), 9.0, 2),
    EdgeStatus.IDLE: EdgeLook("muted", 1.25, (), 7.0, 1),
}

_DOTTED = (1.75, 2.5)
_DOUBTED = {Certainty.INFERRED: (9.0, 2.5, 2.0, 2.5), Certainty.UNOBSERVED: (2.0, 5.0)}

_QUIET = EdgeLook("faint", 1.0, (), 7.0, 0)


def state_look(status: StateStatus, meaning: Meaning | None = None) -> StateLook:
    """Return the look of a state; a current one shows its `meaning`, if it has one."""
    look = STATE_LOOKS[status]
    if meaning is None or status is not StateStatus.CURRENT:
        return look
    return look._replace(fill=meaning, outline=meaning, label="on_meaning")


def edge_look(route: Route, status: EdgeStatus) -> EdgeLook:
    """Return the look of `route`: an idle one to an exit is quieter than other idle ones."""
    return _QUIET if route.quiet and status is EdgeStatus.IDLE else EDGE_LOOKS[status]


def edge_shapes(
    route: Route, status: EdgeStatus, known: Certainty = Certainty.OBSERVED
) -> tuple[Shape, ...]:
    """Return the line of `route`, its arrow head and, for a violation, a cross on it.

    One that was taken, but not observed, is broken; an unobserved one has a question mark.
    """
    look = edge_look(route, status)
    doubted = status in (EdgeStatus.LAST, EdgeStatus.TAKEN) and known is not Certainty.OBSERVED
    if doubted:
        look = look._replace(dashes=_DOUBTED[known])
    points = shortened(route.points, look.head - 1)
    line = curved(points) if route.curved else rounded(points)
    at = middle(points[1:3] if route.curved else points)
    shapes: list[Shape] = []
    if look.dashes:
        # Nothing that runs below may fill the gaps.
        shapes.append(Shape(line, stroke="surface", width=look.width + 1))
    shapes += (
        Shape(line, stroke=look.colour, width=look.width, dashes=look.dashes),
        Shape(polyline(*arrow_head(route.points, look.head, look.head)), fill=look.colour),
    )
    if status is EdgeStatus.VIOLATION:
        shapes += _cross(at, look)
    if doubted and known is Certainty.UNOBSERVED:
        shapes += (Shape(circle(at, 9), fill="surface"), *_question(at, look.colour))
    return tuple(shapes)


def state_shapes(
    box: Box,
    status: StateStatus,
    *,
    terminal: bool,
    known: Certainty = Certainty.OBSERVED,
    meaning: Meaning | None = None,
) -> tuple[Shape, ...]:
    """Return the outline, the inside and the mark of `box`, but not its label.

    The box of a terminal state is round at both ends. A visited state that was not observed is
    dotted and has a question mark.
    """
    look = state_look(status, meaning)
    doubted = (
        status in (StateStatus.CURRENT, StateStatus.VISITED) and known is not Certainty.OBSERVED
    )
    if doubted:
        look = look._replace(dashes=_DOTTED)
    radius = corner_radius(box, terminal=terminal)
    border = outline(box, radius)
    at = Point(box.x + MARK_INDENT, box.centre.y)
    ink = look.label if status is StateStatus.CURRENT else "muted"
    mark = _question(at, ink) if doubted else _mark(at, status, meaning)
    dashes = _closed(look.dashes, 2 * (box.width + box.height) - (8 - 2 * pi) * radius)
    if status is StateStatus.CURRENT:
        inside = outline(_inset(box, _RING), radius - _RING)
        ring = Shape(border, "surface", look.outline, look.width, dashes)
        return ring, Shape(inside, fill=look.fill), *mark
    return Shape(border, look.fill, look.outline, look.width, dashes), *mark


def _closed(dashes: tuple[float, ...], length: float) -> tuple[float, ...]:
    """Return `dashes` scaled so that a whole number fits around `length`."""
    if not dashes:
        return ()
    period = sum(dashes)
    return tuple(dash * length / period / round(length / period) for dash in dashes)


def _cross(at: Point, look: EdgeLook) -> tuple[Shape, ...]:
    x, y = at
    strokes = (polyline(Point(x - 5, y - way * 5), Point(x + 5, y + way * 5)) for way in (1, -1))
    return (
        Shape(circle(at, 8), fill="surface"),
        *(Shape(stroke, stroke=look.colour, width=look.width) for stroke in strokes),
    )


def _question(at: Point, ink: ColourName) -> tuple[Shape, ...]:
    x, y = at
    bow = ((-3, -3), (-1.5, -5), (1.5, -5), (3, -3), (2.5, -1), (0, 0.5), (0, 2.5))
    hook = polyline(*(Point(x + dx, y + dy) for dx, dy in bow))
    return Shape(hook, stroke=ink, width=1.75), Shape(circle(Point(x, y + 5), 1.2), fill=ink)


def meaning_badge(at: Point, meaning: Meaning | None) -> tuple[Shape, ...]:
    """Return a badge for how a session stands: one that only runs has a ring."""
    if meaning is None:
        return (Shape(circle(at, 4.0), stroke="accent", width=2.0),)
    return Shape(circle(at, 8.0), fill=meaning), *_meaning_mark(at, meaning)


def _meaning_mark(at: Point, meaning: Meaning | None) -> tuple[Shape, ...]:
    """Return the mark of a current state: a tick, a cross, a square, three dots, or one dot.

    That of a flawed one is a tick with an exclamation mark.
    """
    x, y = at
    match meaning:
        case "success":
            return (Shape(_tick(at), stroke="on_meaning", width=2.0),)
        case "flawed":
            tick = polyline(Point(x - 5.5, y), Point(x - 3.5, y + 2.5), Point(x, y - 4))
            stroke = polyline(Point(x + 3.5, y - 4.5), Point(x + 3.5, y + 1))
            dot = Shape(circle(Point(x + 3.5, y + 3.5), 1.2), fill="on_meaning")
            return *(Shape(one, stroke="on_meaning", width=2.0) for one in (tick, stroke)), dot
        case "warning":
            stroke = polyline(Point(x, y - 5), Point(x, y + 1.5))
            dot = Shape(circle(Point(x, y + 4), 1.2), fill="on_meaning")
            return Shape(stroke, stroke="on_meaning", width=2.0), dot
        case "failure":
            strokes = (polyline(Point(x - 4, y - a), Point(x + 4, y + a)) for a in (4, -4))
            return tuple(Shape(stroke, stroke="on_meaning", width=2.0) for stroke in strokes)
        case "aborted":
            return (Shape(outline(Box("", x - 4, y - 4, 8, 8), 0), fill="on_meaning"),)
        case "input":
            dots = (circle(Point(x + dx, y), 1.6) for dx in (-4.5, 0, 4.5))
            return tuple(Shape(dot, fill="on_meaning") for dot in dots)
        case None:
            return (Shape(circle(at, 4.0), fill="on_accent"),)


def _mark(at: Point, status: StateStatus, meaning: Meaning | None) -> tuple[Shape, ...]:
    """Return the mark of `status`: that of its `meaning`, a pointer, a tick, or none."""
    x, y = at
    match status:
        case StateStatus.CURRENT:
            return _meaning_mark(at, meaning)
        case StateStatus.LEGAL:
            tip = polyline(Point(x - 3, y - 5), Point(x + 4, y), Point(x - 3, y + 5))
            return (Shape(tip, fill="accent"),)
        case StateStatus.VISITED:
            return (Shape(_tick(at), stroke="muted", width=1.75),)
        case StateStatus.IDLE:
            return ()


def _tick(at: Point) -> Path:
    x, y = at
    return polyline(Point(x - 4.5, y), Point(x - 1.5, y + 3.5), Point(x + 4.5, y - 4))


def _inset(box: Box, by: float) -> Box:
    return Box(box.state, box.x + by, box.y + by, box.width - 2 * by, box.height - 2 * by)
