import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.diagram_looks import EDGE_LOOKS, Shape, edge_shapes, state_shapes
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.layout.geometry import Box, Point
from exlab_gui.core.layout.shapes import circle, outline, polyline
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.theme.colours import DARK, LIGHT, Colours
from exlab_gui.widgets.diagram.shapes import Drawings, draw, qt_shapes

SQUARE = outline(Box("", 10, 10, 20, 20), 0)


def painted(*shapes: Shape, colours: Colours = LIGHT) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw(painter, qt_shapes(shapes, colours))
    painter.end()
    return image


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_a_shape_is_drawn_in_the_themes_colours(qapp: object, colours: Colours) -> None:
    """The names of colours in a shape are looked up in the theme's own."""
    image = painted(Shape(SQUARE, fill="accent", stroke="text", width=4), colours=colours)
    assert image.pixelColor(20, 20) == QColor(colours.accent)
    assert image.pixelColor(10, 20) == QColor(colours.text)
    assert image.pixelColor(2, 2) == QColor("white")


def test_what_has_no_colour_is_not_painted(qapp: object) -> None:
    """A shape without a fill is a line, one without a stroke is an area."""
    line = painted(Shape(SQUARE, stroke="text", width=2))
    assert line.pixelColor(20, 20) == QColor("white")
    area = painted(Shape(SQUARE, fill="text"))
    assert area.pixelColor(20, 20) == QColor(LIGHT.text)
    assert area.pixelColor(9, 20) == QColor("white")


def test_the_first_shape_is_lowest(qapp: object) -> None:
    """What comes later covers what came before."""
    image = painted(Shape(SQUARE, fill="text"), Shape(circle(Point(20, 20), 5), fill="accent"))
    assert image.pixelColor(20, 20) == QColor(LIGHT.accent)
    assert image.pixelColor(12, 12) == QColor(LIGHT.text)


def test_dashes_are_as_long_as_the_drawing_says(qapp: object) -> None:
    """Lengths of dashes are in units of the drawing, however wide the line is."""
    line = polyline(Point(0, 20), Point(40, 20))
    image = painted(Shape(line, stroke="text", width=2, dashes=(10, 10)))
    dark = [image.pixelColor(x, 20) == QColor(LIGHT.text) for x in (5, 15, 25, 35)]
    assert dark == [True, False, True, False]


@pytest.mark.parametrize("status", StateStatus)
def test_every_state_of_the_diagram_can_be_drawn(qapp: object, status: StateStatus) -> None:
    """Each shape of a box and of its mark has a path, and a pen or a brush."""
    for box in lay_out(CREATION_MACHINE).boxes.values():
        for shape in qt_shapes(state_shapes(box, status, terminal=False), LIGHT):
            assert not shape.path.isEmpty()
            visible = (shape.pen.style(), shape.brush.style())
            assert visible != (Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush)


@pytest.mark.parametrize("status", EdgeStatus)
def test_every_edge_of_the_diagram_can_be_drawn(qapp: object, status: EdgeStatus) -> None:
    """Each line has the width that the core says, and corners that are not cut off."""
    for route in lay_out(CREATION_MACHINE).routes.values():
        widths = [s.pen.widthF() for s in qt_shapes(edge_shapes(route, status), LIGHT)]
        expected = 1.0 if route.quiet and status == EdgeStatus.IDLE else EDGE_LOOKS[status].width
        assert expected in widths


def test_a_drawing_is_made_once_for_each_status_and_theme(qapp: object) -> None:
    """A status that comes back looks as before, in another theme's colours as that one has it."""
    route = next(iter(lay_out(CREATION_MACHINE).routes.values()))
    asked: list[EdgeStatus] = []

    def make(status: EdgeStatus) -> tuple[Shape, ...]:
        asked.append(status)
        return edge_shapes(route, status)

    drawings = Drawings[EdgeStatus](make)
    last = drawings.drawing(EdgeStatus.LAST, LIGHT)
    assert drawings.drawing(EdgeStatus.TAKEN, LIGHT) is not last
    assert drawings.drawing(EdgeStatus.LAST, LIGHT) is last
    assert asked == [EdgeStatus.LAST, EdgeStatus.TAKEN]
    dark = drawings.drawing(EdgeStatus.LAST, DARK)
    assert dark[0].pen.color() == QColor(DARK.accent)
    assert last[0].pen.color() == QColor(LIGHT.accent)
