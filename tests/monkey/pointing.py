"""What a monkey does with the mouse."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGraphicsItem,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
)

from tests.monkey.engine import Doing, Monkey, act, alive

_LEFT, _RIGHT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MiddleButton
_NONE = Qt.KeyboardModifier.NoModifier
_MODIFIERS = (
    *(_NONE,) * 8,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def visible_widgets(top: QWidget) -> list[QWidget]:
    return [one for one in top.findChildren(QWidget) if one.isVisible()] or [top]


def _item(monkey: Monkey) -> QGraphicsItem:
    view = monkey.window.panes.diagram
    edges, states = list(view.edges.values()), list(view.states.values())
    return monkey.lot.choice(monkey.lot.choice([edges or states, states]))


def _place_of(monkey: Monkey, item: QGraphicsItem) -> QPoint:
    shape = item.shape()
    place = shape.pointAtPercent(monkey.lot.random()) if monkey.lot.random() < 0.5 else None
    return monkey.window.panes.diagram.mapFromScene(
        item.mapToScene(shape.boundingRect().center() if place is None else place)
    )


def over_diagram(monkey: Monkey) -> None:
    """Have the pointer over a state or a transition, or anywhere in the diagram."""
    viewport = monkey.window.panes.diagram.viewport()
    if not alive(viewport):
        return
    if monkey.lot.random() < 0.7:
        monkey.point_at(viewport, _place_of(monkey, _item(monkey)))
    else:
        monkey.point_at(viewport, monkey.place_in(viewport))


@act(14)
def hover_over_diagram(monkey: Monkey) -> Doing:
    for _ in range(monkey.lot.randint(1, 3)):
        over_diagram(monkey)
        yield None


@act(3, "window", "dialog", "popup")
def hover_anywhere(monkey: Monkey) -> None:
    monkey.point_at(monkey.top, monkey.place_in(monkey.top))


@act(8)
def click_in_diagram(monkey: Monkey) -> Doing:
    """Click, click twice, or click with another button at a state, a transition or elsewhere."""
    viewport = monkey.window.panes.diagram.viewport()
    item = _item(monkey)
    at = _place_of(monkey, item)
    if not viewport.rect().contains(at):
        at = monkey.place_in(viewport)
    button = monkey.lot.choices((_LEFT, _RIGHT, _MIDDLE), (6, 3, 1))[0]
    monkey.say(f"{item.objectName()} {button.name}")
    yield from click_at(monkey, viewport, at, button)


def click_at(monkey: Monkey, widget: QWidget, at: QPoint, button: Qt.MouseButton = _LEFT) -> Doing:
    """Click at a place of `widget`, perhaps twice, perhaps with a modifier."""
    modifiers = monkey.lot.choice(_MODIFIERS)
    twice = monkey.lot.random() < 0.1
    monkey.point_at(widget, at)
    yield None
    monkey.click(widget, at, button, modifiers)
    yield None
    if twice:
        monkey.mouse(QTest.mouseDClick, widget, at, button, modifiers)


@act(10, "window", "dialog", "popup")
def click_anywhere(monkey: Monkey) -> Doing:
    widget = monkey.lot.choice(visible_widgets(monkey.top))
    button = monkey.lot.choices((_LEFT, _RIGHT, _MIDDLE), (8, 2, 1))[0]
    monkey.say(f"{type(widget).__name__} {widget.objectName()} {button.name}")
    yield from click_at(monkey, widget, monkey.place_in(widget), button)


@act(3)
def click_beside_dialog(monkey: Monkey) -> None:
    """Click at the window whether or not something lies above it."""
    monkey.click(monkey.window, monkey.place_in(monkey.window))


@act(4, "window", "dialog", "popup")
def turn_the_wheel(monkey: Monkey) -> Doing:
    diagram = monkey.window.panes.diagram.viewport()
    over = diagram if monkey.lot.random() < 0.5 else monkey.lot.choice(visible_widgets(monkey.top))
    at, steps = monkey.place_in(over), monkey.lot.choice((-3, -1, 1, 3))
    monkey.say(f"{type(over).__name__} {over.objectName()}")
    for _ in range(monkey.lot.randint(1, 4)):
        monkey.mouse(_turn_wheel, over, at, steps)
        yield None


def _turn_wheel(handle: QWindow, steps: int, place: QPoint) -> None:
    QTest.wheelEvent(handle, QPointF(place), QPoint(0, 120 * steps))


@act(6, "window", "dialog")
def drag(monkey: Monkey) -> Doing:
    """Drag from a place of something to elsewhere: pan, scrub, resize, select."""
    panes = monkey.window.panes
    favourite = monkey.lot.choice((panes.diagram.viewport(), panes.timeline, None, None))
    widget = favourite if favourite and alive(favourite) else None
    if widget is None or monkey.scene == "dialog":
        widget = monkey.lot.choice(visible_widgets(monkey.top))
    monkey.say(f"{type(widget).__name__} {widget.objectName()}")
    top = widget.window()
    start, *ways = [widget.mapTo(top, monkey.place_in(widget)) for _ in range(3)]
    if monkey.lot.random() < 0.4:
        ways.append(monkey.place_in(top))
    monkey.mouse(QTest.mousePress, top, start, _LEFT, _NONE)
    for place in ways:
        yield None
        monkey.mouse(QTest.mouseMove, top, place)
    yield None
    monkey.mouse(QTest.mouseRelease, top, ways[0], _LEFT, _NONE)


@act(16)
def go_on(monkey: Monkey) -> Doing:
    """Press the button of a state that the session may go to, seldom of one that ends it; walk."""
    lot, panel = monkey.lot, monkey.window.panes.transitions
    buttons = [one for one in panel.findChildren(QToolButton) if one.isVisible()]
    legal = [one for one in buttons if one.isEnabled()]
    if not legal:
        return
    walks = lot.random() < 0.2
    button = lot.choice(buttons if walks else legal) if lot.random() < 0.25 else legal[0]
    monkey.say(f"{button.text()} {'walk' if walks else ''}")
    at = button.rect().center()
    monkey.click(button, at, _RIGHT if walks else _LEFT, _NONE)
    yield None
    menu = QApplication.activePopupWidget()
    if walks and isinstance(menu, QMenu):
        monkey.click(menu, menu.actionGeometry(menu.actions()[-1]).center())


@act(5)
def answer_form(monkey: Monkey) -> Doing:
    """Fill in the form of the plugin, as far as it goes, and submit it."""
    form = monkey.window.panes.form
    if not form.isVisible():
        return
    for line in form.findChildren(QLineEdit):
        if alive(line) and line.isEnabled() and not line.isReadOnly():
            line.setFocus(Qt.FocusReason.MouseFocusReason)
            yield None
            for character in "S-1":
                monkey.write(line, character)
    submit = monkey.window.findChild(QAbstractButton, "pendingInputSubmit")
    yield from click_at(monkey, submit, submit.rect().center())


@act(4)
def choose_session(monkey: Monkey) -> Doing:
    """Choose a session in the list, rather one that can be changed."""
    view, window = monkey.window.session_list, monkey.window
    if not alive(view) or not view.rows.rowCount():
        return
    rows = range(view.rows.rowCount())
    growing = [row for row in rows if view.rows.session(row).traits.grows]
    row = monkey.lot.choice(growing if growing and monkey.lot.random() < 0.8 else rows)
    if view.rows.session(row) is window.session:
        return
    yield from click_at(monkey, view.viewport(), view.visualRect(view.rows.index(row, 0)).center())


@act(1.5)
def drop_files(monkey: Monkey) -> Doing:
    """Drop one file or several on the window."""
    lot, window = monkey.lot, monkey.window
    paths = lot.sample(monkey.world.belongings, lot.choice((1, 1, 1, 2, 4)))
    monkey.say([path.name for path in paths])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if lot.random() < 0.1:
        data.setUrls([QUrl("https://example.org/a.exlab.jsonl")])
    at, handle = monkey.place_in(window), window.windowHandle()
    given = (Qt.DropAction.CopyAction, data, _LEFT, _NONE)
    QApplication.sendEvent(handle, QDragEnterEvent(at, *given))
    yield None
    QApplication.sendEvent(handle, QDragMoveEvent(at, *given))
    yield None
    QApplication.sendEvent(handle, QDropEvent(QPointF(at), *given, QEvent.Type.Drop))
