"""The pieces of SVG that pictures are written with.

Of SVG there is only what SVG Tiny 1.2 has, and no style sheet: every program that draws SVG draws
these the same way.
"""

from typing import cast

from exlab_gui.core.diagram_looks import ColourName, Shape
from exlab_gui.core.layout.shapes import Line, Move, Path, Quad
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.text.xml import xml_text

_LETTERS = {Move: "M", Line: "L", Quad: "Q"}


def svg_head(x: float, y: float, width: float, height: float) -> list[str]:
    """Return the first lines of a document that shows this area."""
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny"'
        f' width="{svg_number(width)}" height="{svg_number(height)}"'
        f' viewBox="{" ".join(map(svg_number, (x, y, width, height)))}">',
    ]


def svg_titles(title: str, description: str) -> list[str]:
    """Return the lines that screen readers read."""
    described = [f"<desc>{svg_text(description)}</desc>"] if description else []
    return [f"<title>{svg_text(title)}</title>", *described]


def svg_shape(shape: Shape, colours: PictureColours) -> str:
    parts = [f'<path d="{_path(shape.path)}"', f'fill="{svg_colour(shape.fill, colours)}"']
    if shape.stroke is not None:
        parts.append(f'stroke="{svg_colour(shape.stroke, colours)}"')
        parts.append(f'stroke-width="{svg_number(shape.width)}"')
    if shape.dashes:
        parts.append(f'stroke-dasharray="{" ".join(map(svg_number, shape.dashes))}"')
    return " ".join(parts) + "/>"


def svg_text(text: str) -> str:
    from html import escape  # with its first use: it takes time

    return escape(xml_text(text))


def svg_colour(name: ColourName | None, colours: PictureColours) -> str:
    return "none" if name is None else cast("str", getattr(colours, name))


def svg_number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _path(path: Path) -> str:
    return " ".join(
        _LETTERS[type(piece)] + " ".join(f"{svg_number(x)} {svg_number(y)}" for x, y in piece)
        for piece in path
    )
