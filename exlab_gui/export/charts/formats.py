"""The formats of a chart: the picture that the window shows, and its table."""

from typing import BinaryIO, NamedTuple

from exlab_gui.core.charts.picture import Bar, Item, Picture, Text
from exlab_gui.core.charts.table import Table
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.progress import Progress
from exlab_gui.export.csv_file import write_csv
from exlab_gui.export.exporter import Format, text_format
from exlab_gui.export.pictures.png import write_png
from exlab_gui.export.pictures.svg_parts import (
    svg_colour,
    svg_head,
    svg_number,
    svg_shape,
    svg_text,
    svg_titles,
)


class Drawn(NamedTuple):
    """A chart as the window shows it."""

    picture: Picture
    colours: PictureColours
    table: Table


def to_svg(drawn: Drawn) -> str:
    """Return the picture as an SVG document; its title and description are for screen readers."""
    picture, colours = drawn.picture, drawn.colours
    width, height = picture.width, picture.height
    letters = picture.letters
    return "\n".join(
        [
            *svg_head(0.0, 0.0, width, height),
            *svg_titles(picture.title, picture.description),
            _item(Bar(0.0, 0.0, width, height, "surface"), colours),
            f'<g font-family="{svg_text(letters.family)}, sans-serif"'
            f' font-size="{svg_number(letters.size)}">',
            *(_item(item, colours) for item in picture.items),
            "</g>",
            "</svg>",
            "",
        ]
    )


def _item(item: Item, colours: PictureColours) -> str:
    match item:
        case Bar(x, y, width, height, fill):
            place = f'x="{svg_number(x)}" y="{svg_number(y)}"'
            size = f'width="{svg_number(width)}" height="{svg_number(height)}"'
            return f'<rect {place} {size} fill="{svg_colour(fill, colours)}"/>'
        case Text(x, y, text, colour, anchor):
            place = f'x="{svg_number(x)}" y="{svg_number(y)}" text-anchor="{anchor}"'
            return f'<text {place} fill="{svg_colour(colour, colours)}">{svg_text(text)}</text>'
        case _:
            return svg_shape(item, colours)


def _write_png(drawn: Drawn, file: BinaryIO, _progress: Progress) -> None:
    write_png(to_svg(drawn), file)


def _write_csv(drawn: Drawn, file: BinaryIO, progress: Progress) -> None:
    write_csv(drawn.table.lines(progress), file)


FORMATS: tuple[Format[Drawn], ...] = (
    text_format("SVG", (".svg",), to_svg),
    Format("PNG", (".png",), _write_png, needs_qt=True),
    Format("CSV", (".csv",), _write_csv),
)
