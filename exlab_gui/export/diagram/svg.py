"""A machine drawn as SVG: the picture that the window shows, for a file."""

from collections.abc import Iterable

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.analysis.visits import Certainty
from exlab_gui.core.diagram_looks import (
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
from exlab_gui.core.layout.labels import label_middle, shown_name
from exlab_gui.core.layout.shapes import outline
from exlab_gui.core.meaning import state_meaning
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.text.xml import xml_name
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.svg_overlay import CAPTION_HEIGHT, caption, overlay_lines
from exlab_gui.export.pictures.svg_parts import (
    svg_colour,
    svg_head,
    svg_number,
    svg_shape,
    svg_text,
    svg_titles,
)


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
    overlay = drawing.overlay
    below = CAPTION_HEIGHT if overlay is not None else 0.0
    whole = Box("", frame.x, frame.y, frame.width, frame.height + below)
    lines = [
        *svg_head(whole.x, whole.y, whole.width, whole.height),
        *svg_titles(drawing.title, drawing.description),
        svg_shape(Shape(outline(whole, 0.0), fill="surface"), colours),
    ]
    for route in routes:
        how, known = status[route.edge], uncertain.get(route.edge, Certainty.OBSERVED)
        lines += _group(
            f"edge_{xml_name(route.source)}__{xml_name(route.target)}",
            f"{route.source} → {route.target}: {_standing(how, known)}",
            [svg_shape(shape, colours) for shape in edge_shapes(route, how, known)],
        )
    for state, box in layout.boxes.items():
        standing = states.get(state, StateStatus.IDLE)
        known = uncertain.get(state, Certainty.OBSERVED)
        meaning = state_meaning(machine, state)
        if state == drawing.current:
            meaning = drawing.meaning or meaning
        shapes = state_shapes(
            box, standing, terminal=state in machine.terminal, known=known, meaning=meaning
        )
        lines += _group(
            f"state_{xml_name(state)}",
            f"{state}: {_standing(standing, known)}",
            [
                *(svg_shape(shape, colours) for shape in shapes),
                _label(box, state_look(standing, meaning), colours),
            ],
        )
    if overlay is not None:
        lines += overlay_lines(overlay, layout, colours)
        lines.append(caption(overlay, frame, colours))
    return "\n".join([*lines, "</svg>", ""])


def _standing(status: StateStatus | EdgeStatus, known: Certainty) -> str:
    return status.value if known is Certainty.OBSERVED else f"{status}, {known}"


def _group(name: str, title: str, content: Iterable[str]) -> list[str]:
    return [f'<g id="{name}">', f"<title>{svg_text(title)}</title>", *content, "</g>"]


def _label(box: Box, look: StateLook, colours: PictureColours) -> str:
    x, y = label_middle(box)
    # Half the height of a capital below the middle: SVG Tiny can only place a base line.
    return (
        f'<text x="{svg_number(x)}" y="{svg_number(y + LABEL_SIZE * 0.35)}" text-anchor="middle"'
        f' font-family="sans-serif" font-size="{svg_number(LABEL_SIZE)}"'
        f' fill="{svg_colour(look.label, colours)}">{svg_text(shown_name(box.state))}</text>'
    )
