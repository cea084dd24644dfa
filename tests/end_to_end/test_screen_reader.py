"""A screen reader finds everything that is seen in the window."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import WalkTo
from exlab_gui.sources.metadata import Standing
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers import spec
from tests.helpers.names import find
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.screen_reader import Found, walk
from tests.helpers.window import settle

STATIC = QAccessible.Role.StaticText

_NAMED = ("transition_", "field_")
"""Buttons with a name that says more than their text: ``Go to done``; the title, not ``Yes``."""


def shown_texts(window: QWidget) -> set[str]:
    """Return every text that the visible widgets of `window` show."""
    texts: set[str] = set()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        match widget:
            case QLineEdit() if isinstance(widget.parent(), QAbstractSpinBox):
                texts |= {*widget.text().split()}  # the number, and its unit
            case QLabel() | QLineEdit():
                texts.add(widget.text())
            case QAbstractButton() if not widget.objectName().startswith(_NAMED):
                texts.add(widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&"))
            case QComboBox():
                texts.add(widget.currentText())
            case QTableView():
                texts |= _cells(widget, widget.model())
    return texts - {""}


def _cells(view: QTableView, model: QAbstractItemModel) -> set[str]:
    columns = [place for place in range(model.columnCount()) if not view.isColumnHidden(place)]
    return {
        str(model.index(row, column).data() or "")
        for row in range(model.rowCount())
        for column in columns
    } | {model.headerData(column, Qt.Orientation.Horizontal) for column in columns}


def missing(window: QWidget) -> set[str]:
    read = "\n".join(one.read for one in walk(window))
    return {text for text in shown_texts(window) if text not in read}


@pytest.mark.parametrize("state", ["pending", "input_required", "failed", "done"])
def test_every_text_is_read(window: MonitorWindow, state: str) -> None:
    """No label, button, field or cell shows what a reader does not find."""
    window.session_actions.open()
    if state != "pending":
        window.session.request(WalkTo(state))
    window.panes.messages.show_error("The disk is full.")
    settle()
    assert missing(window) == set()


def test_the_past_is_read(window: MonitorWindow) -> None:
    """The position and the state that is shown, and the problems."""
    window.session.request(WalkTo("done"))
    window.history.go_to(3)
    window.panes.tabs.show_problems()
    settle()
    assert missing(window) == set()
    assert "Past: event 3" in "\n".join(one.read for one in walk(window))


def test_labels_are_read_with_what_they_are_about(window: MonitorWindow) -> None:
    """A value is the name, so that it is read; what it is of, the description."""
    found = {one.thing.objectName(): one for one in walk(window) if one.thing is not None}
    for name, text, about in (
        ("currentStateLabel", "pending", "Current state"),
        ("problemCountLabel", "0 rule violations", "Rule violations"),
    ):
        assert (found[name].name, found[name].description) == (text, about)
    assert not [label for label in window.findChildren(QLabel) if label.accessibleName()]


def test_every_state_is_reached(window: MonitorWindow) -> None:
    """Through the diagram, by what a reader can press; states that end the session ask first."""
    for state in spec.WAYS["done"]:
        (item,) = (one for one in walk(window) if one.name == state and "Press" in one.actions)
        item.interface.actionInterface().doAction("Press")
        settle()
        assert find(QLabel, "currentStateLabel").text() == state
    names = {one.name for one in walk(window) if one.role is QAccessible.Role.ListItem}
    assert {*spec.STATES} <= names


def test_the_timeline_is_a_slider(window: MonitorWindow) -> None:
    """Its value is the visit at the playhead, in words too; a reader can set it."""
    window.session.request(WalkTo("rendering"))
    settle()
    slider = timeline(window)
    value = slider.interface.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (1, 3, 3)
    assert slider.value.startswith("3 of 3 states: rendering since ")
    for wanted, state in ((2, "validating"), (-5, "pending"), (2.0, "validating"), (99, None)):
        value.setCurrentValue(wanted)
        settle()
        if state is None:
            assert window.session.position is None
        else:
            assert f"states: {state}: " in timeline(window).value


def timeline(window: MonitorWindow) -> Found:
    (found,) = (
        one
        for one in walk(window)
        if one.role is QAccessible.Role.Slider and one.value and one.name == "Timeline"
    )
    return found


def test_sessions_are_read_with_how_they_stand(window: MonitorWindow) -> None:
    """The mark of a row is read as a word, the second line too."""
    window.session_actions.open()
    window.session.request(WalkTo("failed"))
    settle()
    rows = find(QAbstractItemView, "sessionListView")
    cells = [one.name for one in walk(rows) if one.role is QAccessible.Role.Cell]
    assert "sim-2, Simulated, failed" in cells
    assert "sim-1, Simulated, running" in cells


def test_counts_on_the_diagram_are_read(window: MonitorWindow) -> None:
    """Each with what it is of."""
    window.session.request(WalkTo("rendering"))
    find(QAction, "actionShowCoverage").trigger()
    settle()
    texts = [one.name for one in walk(window.panes.diagram) if one.role is STATIC]
    assert any(text.startswith("rendering: ") for text in texts)
    assert any(text.startswith("pending → validating: ") for text in texts)
    assert len([text for text in texts if ": " in text]) == len(spec.STATES) + len(spec.LEGAL)


def test_the_connection_is_read(window: MonitorWindow) -> None:
    """Also when it is lost."""
    source = RecordedSource(CREATION_MACHINE)
    source.info = source.info._replace(standing=Standing.LOST, connection="No response from x.")
    window.session_actions.add(SessionModel(source))
    settle()
    assert missing(window) == set()
    assert "No response from x." in "\n".join(one.read for one in walk(window))


@pytest.mark.parametrize("action", ["actionConnect", "actionPace", "actionFail"])
def test_dialogs_are_read(window: MonitorWindow, action: str) -> None:
    """Every text of them, and whatever can be typed into has a name."""
    find(QAction, action).trigger()
    settle()
    dialog = window.findChild(QDialog)
    assert missing(dialog) == set()
    typed = (QAccessible.Role.EditableText, QAccessible.Role.ComboBox, QAccessible.Role.SpinBox)
    assert all(one.name for one in walk(dialog) if one.role in typed)
    dialog.reject()
    settle()
