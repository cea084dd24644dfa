"""A machine drawn as SVG: the picture that the window shows, for a file.

Of SVG there is only what SVG Tiny 1.2 has, and no style sheet: every program that draws SVG draws
this one the same way.
"""

from collections.abc import Iterable
from typing import cast

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.diagram_looks import (
    ColourName,
    Shape,
    StateLook,
    edge_look,
    edge_shapes,
    state_look,
    state_shapes,
)
from exlab_gui.core.layout.arc import arc_route
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import LABEL_SIZE, Box, area
from exlab_gui.core.layout.shapes import Line, Move, Path, Quad, outline
from exlab_gui.core.meaning import state_meaning
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.text.xml import xml_name, xml_text
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.exporter import text_format

_LETTERS = {Move: "M", Line: "L", Quad: "Q"}


def to_svg(drawing: Drawing) -> str:
    """Return `drawing` as an SVG document; its title and description are for screen readers.

    Every state is a group with the id ``state_<state>``, every transition one with
    ``edge_<from>__<to>``, each name as `xml_name` writes it.
    """
    machine, colours = drawing.machine, drawing.colours
    states, edges, uncertain = drawing.states, drawing.edges, drawing.uncertain
    layout = lay_out(machine)
    routes = list(layout.routes.values())
    for edge, how in edges.items():
        extra = how is not EdgeStatus.IDLE and edge not in layout.routes
        if extra and layout.boxes.keys() >= set(edge):
            routes.append(arc_route(layout, edge))
    status = {route.edge: edges.get(route.edge, EdgeStatus.IDLE) for route in routes}
    routes.sort(key=lambda route: edge_look(route, status[route.edge]).level)

    frame = area(layout, routes)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny"'
        f' width="{_number(frame.width)}" height="{_number(frame.height)}"'
        f' viewBox="{" ".join(map(_number, (frame.x, frame.y, frame.width, frame.height)))}">',
        f"<title>{_text(drawing.title)}</title>",
        *([f"<desc>{_text(drawing.description)}</desc>"] if drawing.description else ()),
        _shape(Shape(outline(frame, 0.0), fill="surface"), colours),
    ]
    for route in routes:
        how, known = status[route.edge], uncertain.get(route.edge, Certainty.OBSERVED)
        lines += _group(
            f"edge_{xml_name(route.source)}__{xml_name(route.target)}",
            f"{route.source} → {route.target}: {_standing(how, known)}",
            [_shape(shape, colours) for shape in edge_shapes(route, how, known)],
        )
    for state, box in layout.boxes.items():
        standing = states.get(state, StateStatus.IDLE)
        known = uncertain.get(state, Certainty.OBSERVED)
        meaning = state_meaning(machine, state)
        shapes = state_shapes(
            box, standing, terminal=state in machine.terminal, known=known, meaning=meaning
        )
        lines += _group(
            f"state_{xml_name(state)}",
            f"{state}: {_standing(standing, known)}",
            [
                *(_shape(shape, colours) for shape in shapes),
                _label(box, state_look(standing, meaning), colours),
            ],
        )
    return "\n".join([*lines, "</svg>", ""])


def _standing(status: StateStatus | EdgeStatus, known: Certainty) -> str:
    return status.value if known is Certainty.OBSERVED else f"{status}, {known}"


def _group(name: str, title: str, content: Iterable[str]) -> list[str]:
    return [f'<g id="{name}">', f"<title>{_text(title)}</title>", *content, "</g>"]


def _shape(shape: Shape, colours: PictureColours) -> str:
    parts = [f'<path d="{_path(shape.path)}"', f'fill="{_colour(shape.fill, colours)}"']
    if shape.stroke is not None:
        parts.append(f'stroke="{_colour(shape.stroke, colours)}"')
        parts.append(f'stroke-width="{_number(shape.width)}"')
    if shape.dashes:
        parts.append(f'stroke-dasharray="{" ".join(map(_number, shape.dashes))}"')
    return " ".join(parts) + "/>"


def _label(box: Box, look: StateLook, colours: PictureColours) -> str:
    x, y = box.centre
    # Half the height of a capital below the middle: SVG Tiny can only place a base line.
    return (
        f'<text x="{_number(x)}" y="{_number(y + LABEL_SIZE * 0.35)}" text-anchor="middle"'
        f' font-family="sans-serif" font-size="{_number(LABEL_SIZE)}"'
        f' fill="{_colour(look.label, colours)}">{_text(box.state)}</text>'
    )


def _text(text: str) -> str:
    from html import escape  # with its first use: it takes time

    return escape(xml_text(text))


def _path(path: Path) -> str:
    return " ".join(
        _LETTERS[type(piece)] + " ".join(f"{_number(x)} {_number(y)}" for x, y in piece)
        for piece in path
    )


def _colour(name: ColourName | None, colours: PictureColours) -> str:
    return "none" if name is None else cast("str", getattr(colours, name))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


SVG = text_format("SVG", (".svg",), to_svg)
