"""The pointer may be anywhere over the diagram whenever it is drawn anew."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QCursor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem
from pytestqt.qtbot import QtBot

from exlab_gui.core.layout.badges import Place
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.count_badges import CountBadge
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.diagram.edge_item import EdgeItem
from exlab_gui.widgets.diagram.state_item import StateItem
from tests.helpers.other_machines import OTHERS
from tests.helpers.sessions import session_in


def items_of(view: DiagramView) -> list[QGraphicsItem]:
    return [*view.states.values(), *view.edges.values()]


def point_at(view: DiagramView, item: QGraphicsItem) -> None:
    """Bring the pointer to the middle of a state, or to the middle of a transition's line."""
    place = item.boundingRect().center()
    if isinstance(item, EdgeItem):
        place = item.shape().pointAtPercent(0.25)
    at = view.mapFromScene(place)
    QCursor.setPos(view.viewport().mapToGlobal(at))
    QTest.mouseMove(view.viewport(), at)
    QApplication.processEvents()


def other_machine(view: DiagramView) -> None:
    """Show a session of another machine, and the first one again."""
    view.set_session(session_in("pending", OTHERS["one state more"]))
    QApplication.processEvents()
    view.set_session(session_in("plugin_pass"))


def other_font(view: DiagramView) -> None:
    """Have the system choose a larger font."""
    font = view.font()
    font.setPointSizeF(font.pointSizeF() + 0.5)
    view.setFont(font)


@pytest.mark.parametrize("rebuild", [other_machine, other_font])
def test_the_diagram_is_drawn_anew_under_the_pointer(
    qtbot: QtBot, theme: Theme, rebuild: Callable[[DiagramView], None]
) -> None:
    """Wherever the pointer is, every item of the new picture is whole when Qt asks for it."""
    view = DiagramView(theme)
    qtbot.addWidget(view)
    view.resize(480, 700)
    view.show()
    view.set_session(session_in("rendering"))
    for number in range(len(items_of(view))):
        before = items_of(view)
        point_at(view, before[number])
        rebuild(view)
        QApplication.processEvents()
        after = items_of(view)
        assert len(after) == len(before)
        assert not set(map(id, after)) & set(map(id, before))
        assert all(item.property("status") for item in after)


def test_an_item_is_whole_from_its_making_on(qapp: object, theme: Theme) -> None:
    """Qt may ask for bounds and shape, and have it painted, before it was told its status."""
    layout = lay_out(CREATION_MACHINE)
    items = [
        *(EdgeItem(route) for route in layout.routes.values()),
        *(StateItem(box, terminal=False) for box in layout.boxes.values()),
        CountBadge("count_pending", Place(20, 20), theme),
    ]
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for item in items:
        assert not item.shape().isEmpty()
        assert item.boundingRect().contains(item.shape().controlPointRect())
        item.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
