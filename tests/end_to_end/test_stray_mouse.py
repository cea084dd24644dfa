"""The wheel and the mouse change nothing that was not aimed at."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.export.recording import save
from exlab_gui.sources.commands import WalkTo
from exlab_gui.widgets.controls.wheel import CHANGED_BY_WHEEL
from exlab_gui.window.entries import ACTIONS
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import press, turn_wheel
from tests.helpers.window import settle


def controls(window: QWidget) -> list[QWidget]:
    """Return what the wheel can change in `window`, without the parts of other controls."""
    found = [w for w in window.findChildren(QWidget) if isinstance(w, CHANGED_BY_WHEEL)]
    return [w for w in found if w.window() is window and w.isVisible() and w.isEnabled()]


def value(control: QWidget) -> object:
    """Return what the wheel could have changed."""
    meta = control.metaObject()
    return meta.userProperty().read(control)


def turn_over(window: QWidget) -> list[str]:
    """Turn the wheel over every control of `window` without the focus; return their names."""
    turned = []
    for control in controls(window):
        if control.hasFocus():
            continue
        before = value(control)
        for steps in (1, -1, -1):
            turn_wheel(control, steps)
            assert value(control) == before, control.objectName()
        assert not control.hasFocus()
        turned.append(control.objectName())
    return turned


def test_the_wheel_changes_nothing_in_the_window(window: MonitorWindow) -> None:
    """Neither scenario nor speed nor an answer: a notch opened another session before."""
    for name in ("happy_path", "plugin_fails", "asks_once"):
        window.play_bar.offer(find_scenario(name))
    window.session.request(WalkTo("input_required"))
    settle()
    window.panes.diagram.setFocus()
    turned = turn_over(window)
    assert {"scenarioCombo", "speedSlider", "field_instrument_mode", "field_run_date"} <= {*turned}
    assert window.sessions.rowCount() == 1
    window.play_bar.speed.setFocus()
    turn_wheel(window.play_bar.speed, 1)
    assert window.play_bar.factor == 2


ASKING = [record.name for record in ACTIONS if record.text.endswith("…")]


def test_the_wheel_changes_nothing_in_a_dialog(window: MonitorWindow) -> None:
    """The same goes for every dialog, also for those of a later version."""
    window.session_actions.open()
    window.session.request(WalkTo("validating"))
    turned = set()
    for name in ASKING:
        window.actions_by_name[name].trigger()
        settle()
        for dialog in window.findChildren(QDialog):
            dialog.activateWindow()
            settle()
            turned.update(turn_over(dialog))
            press(dialog, Qt.Key.Key_Escape)
        settle()
    assert {"paceList", "fileTypeCombo"} <= turned


def offered(window: MonitorWindow, place: QWidget, path: Path) -> bool:
    """Drag a file over `place`, and drop it if that is allowed; return whether it was."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setText(str(path))
    where = place.mapTo(window, place.rect().center())
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction
    handle = window.windowHandle()
    enter = QDragEnterEvent(where, copy.CopyAction, data, left, none)
    QCoreApplication.sendEvent(handle, enter)
    move = QDragMoveEvent(where, copy.CopyAction, data, left, none)
    move.setAccepted(enter.isAccepted())
    QCoreApplication.sendEvent(handle, move)
    if move.isAccepted():
        drop = QDropEvent(QPointF(where), copy.CopyAction, data, left, none)
        QCoreApplication.sendEvent(handle, drop)
    return move.isAccepted()


PLACES = (
    *("diagramView", "eventLogFilter", "eventLogView", "sessionListFilter"),
    *("field_sample_id", "field_remarks"),
)


def test_a_file_can_be_dropped_anywhere(
    window: MonitorWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """A recording opens wherever it is dropped: no pane refuses it or takes its name as text."""
    asking = window.session
    asking.request(WalkTo("input_required"))
    window.session_actions.open()
    for name in PLACES:
        path = tmp_path / f"{name}.exlab.jsonl"
        save(path, asking.source.recording())
        window.session_actions.show(asking)
        settle()
        (place,) = window.findChildren(QWidget, name)
        viewport = getattr(place, "viewport", None)
        assert offered(window, viewport() if viewport else place, path)
        qtbot.waitUntil(lambda name=name: window.session.label == name)
    assert not window.panes.log.filter.text()


def test_a_scenario_is_known_by_its_ending_in_any_case(window: MonitorWindow) -> None:
    """A file from Windows may end in `.JSON`: it is no recording for that."""
    assert offered(window, window.panes.diagram.viewport(), Path("/nowhere/A.JSON"))
    assert window.panes.messages.text.startswith("A.JSON")
