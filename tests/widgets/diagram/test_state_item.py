from typing import get_args

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem

from exlab_gui.core.analysis.status import StateStatus
from exlab_gui.core.diagram_looks import STATE_LOOKS, state_shapes
from exlab_gui.core.layout.geometry import LABEL_SIZE, Box
from exlab_gui.core.meaning import Meaning
from exlab_gui.theme.colours import DARK, LIGHT, Colours
from exlab_gui.widgets.diagram.state_item import StateItem

BOX = Box("rendering", 20, 20, 160, 40)


def item(box: Box = BOX, *, terminal: bool = False) -> StateItem:
    return StateItem(box, terminal=terminal)


def picture(
    state: StateItem,
    status: StateStatus,
    colours: Colours = LIGHT,
    *,
    stops_here: bool = False,
) -> QImage:
    """Return what `state` looks like with a status."""
    state.show_status(status, colours, stops_here=stops_here, tip="")
    return painted(state, colours.surface)


def painted(state: StateItem, ground: str = "magenta") -> QImage:
    image = QImage(200, 80, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    state.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return image


def test_it_is_found_by_its_name(qapp: object) -> None:
    """A state bears its own name."""
    assert item().objectName() == "state_rendering"


@pytest.mark.parametrize("status", StateStatus)
def test_its_status_can_be_read(qapp: object, status: StateStatus) -> None:
    """What the box looks like is what its properties say, as plain values."""
    state = item()
    state.show_status(status, LIGHT, stops_here=True, tip="Click to go to rendering")
    assert state.property("status") == str(status)
    assert type(state.property("status")) is str
    assert state.property("breakpoint") is True
    assert state.toolTip() == "Click to go to rendering"


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("status", StateStatus)
def test_it_is_filled_as_its_status_has_it(
    qapp: object, status: StateStatus, colours: Colours
) -> None:
    """The inside of the box has the colour of its status, in either theme."""
    fill = picture(item(), status, colours).pixelColor(165, 40)
    assert fill == QColor(getattr(colours, STATE_LOOKS[status].fill))


def test_no_two_statuses_look_alike(qapp: object) -> None:
    """Every status, with a breakpoint or without, is a picture of its own, even without colours."""
    pictures = [
        picture(item(), status, stops_here=stops).convertToFormat(QImage.Format.Format_Grayscale8)
        for status in StateStatus
        for stops in (False, True)
    ]
    assert all(
        one != other for place, one in enumerate(pictures) for other in pictures[place + 1 :]
    )


def test_its_name_is_written_in_it(qapp: object) -> None:
    """Two states of the same kind are told apart by their names only."""
    other = Box("validating", BOX.x, BOX.y, BOX.width, BOX.height)
    for status in StateStatus:
        assert picture(item(), status) != picture(item(other), status)


def test_a_breakpoint_is_at_its_border(qapp: object) -> None:
    """The mark of a breakpoint has the colour of a stop, in either theme."""
    for colours in (LIGHT, DARK):
        marked = picture(item(), StateStatus.IDLE, colours, stops_here=True)
        assert marked.pixelColor(20, 40) == QColor(colours.failure)
        plain = picture(item(), StateStatus.IDLE, colours)
        assert plain.pixelColor(16, 40) == QColor(colours.surface)


def test_a_terminal_state_is_round(qapp: object) -> None:
    """The end of a session has another outline than its steps."""
    idle = StateStatus.IDLE
    assert picture(item(), idle) != picture(item(terminal=True), idle)


def test_a_legal_state_looks_as_if_it_could_be_clicked(qapp: object) -> None:
    """The pointer is a hand over a state that a click leads to, and only there."""
    state = item()
    for status in StateStatus:
        state.show_status(status, LIGHT, stops_here=False, tip="")
        hand = state.cursor().shape() == Qt.CursorShape.PointingHandCursor
        assert hand == (status is StateStatus.LEGAL)


@pytest.mark.parametrize("status", StateStatus)
def test_everything_drawn_is_within_its_bounds(qapp: object, status: StateStatus) -> None:
    """With focus, hovered, with a breakpoint: nothing is drawn beside its bounds."""
    state = item(terminal=True)
    scene = QGraphicsScene()
    scene.addItem(state)
    scene.setFocusItem(state)
    state._hovered = True
    state.show_status(status, LIGHT, stops_here=True, tip="")
    image = painted(state)
    inside = state.boundingRect()
    for x in range(image.width()):
        for y in range(image.height()):
            if not inside.contains(QRectF(x, y, 1, 1)):
                assert image.pixelColor(x, y) == QColor("magenta"), (x, y)


@pytest.mark.parametrize("name", ["done", "a_rather_long_name_of_a_state", "W" * 60])
def test_a_label_fits_into_its_box(qapp: object, name: str) -> None:
    """A name that is too long is cut, and written smaller if need be; others have the same size."""
    state = item(Box(name, 0, 0, 160, 40))
    wide = QFontMetricsF(state.font).horizontalAdvance(state.text)
    assert wide <= state.rect.width()
    if name == "done":
        assert state.font.pixelSize() == LABEL_SIZE


def test_it_can_have_the_focus(qapp: object) -> None:
    """States are chosen with the keyboard, too."""
    assert item().flags() & QGraphicsItem.GraphicsItemFlag.ItemIsFocusable


@pytest.mark.parametrize("meaning", get_args(Meaning))
def test_a_current_state_shows_its_meaning(qapp: object, meaning: Meaning) -> None:
    """A failure looks like no success, by its colour and by its mark."""
    box = Box("x", 0, 0, 120, 44)
    looks = {
        one: state_shapes(box, StateStatus.CURRENT, terminal=True, meaning=one)
        for one in (None, *get_args(Meaning))
    }
    inside = looks[meaning][1]
    assert inside.fill == meaning
    marks = [tuple(shape.path for shape in shapes[2:]) for shapes in looks.values()]
    assert len(set(marks)) == len(looks)
    for status in (StateStatus.IDLE, StateStatus.VISITED, StateStatus.LEGAL):
        assert state_shapes(box, status, terminal=True, meaning=meaning) == state_shapes(
            box, status, terminal=True
        )
