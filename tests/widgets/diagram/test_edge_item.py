import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPathStroker

from exlab_gui.core.analysis.status import EdgeStatus
from exlab_gui.core.diagram_looks import edge_look
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.widgets.diagram.edge_item import EdgeItem

ROUTES = lay_out(CREATION_MACHINE).routes


def item(source: str = "pending", target: str = "validating") -> EdgeItem:
    line = EdgeItem(ROUTES[source, target])
    line.show_status(EdgeStatus.IDLE, LIGHT)
    return line


def test_it_is_found_by_its_name(qapp: object) -> None:
    """A transition bears the names of the states that it joins."""
    assert item().objectName() == "edge_pending__validating"


@pytest.mark.parametrize("status", EdgeStatus)
def test_its_status_can_be_read(qapp: object, status: EdgeStatus) -> None:
    """What the line looks like is what its property says, as plain text."""
    line = item()
    line.show_status(status, LIGHT)
    assert line.property("status") == str(status)
    assert type(line.property("status")) is str


def test_what_matters_more_is_drawn_above(qapp: object) -> None:
    """The last transition covers those taken, those cover idle ones."""
    line = item("pending", "failed")
    heights = {}
    for status in EdgeStatus:
        line.show_status(status, LIGHT)
        heights[status] = line.zValue()
        assert line.zValue() == edge_look(line.route, status).level
    assert sorted(heights, key=heights.__getitem__, reverse=True) == list(EdgeStatus)


@pytest.mark.parametrize("edge", ROUTES, ids="-".join)
@pytest.mark.parametrize("status", EdgeStatus)
def test_everything_drawn_is_within_its_bounds(
    qapp: object, edge: tuple[str, str], status: EdgeStatus
) -> None:
    """Nothing of a line, its head or its cross is left behind when it is repainted."""
    line = item(*edge)
    line.show_status(status, DARK)
    for shape in line._shapes:
        stroker = QPainterPathStroker(shape.pen)
        drawn = shape.path.united(stroker.createStroke(shape.path))
        assert line.boundingRect().contains(drawn.boundingRect())


def test_it_is_only_where_its_line_is(qapp: object) -> None:
    """A bent line does not claim the area that it runs around."""
    line = item("pending", "failed")
    assert not line.shape().contains(QPointF(line.boundingRect().center()))
    assert line.acceptedMouseButtons() == Qt.MouseButton.NoButton
