from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.object_names import named


def test_a_thing_gets_its_name(qapp: object) -> None:
    """Whatever is named is given back, under the name that tests find it by."""
    thing = QObject()
    assert named(thing, "actionPlay") is thing
    assert thing.objectName() == "actionPlay"


def test_a_widget_gets_the_name_that_is_read_out(qtbot: QtBot) -> None:
    """A widget can be named for screen readers, too; without such a name it has none."""
    line, other = QLineEdit(), QLineEdit()
    qtbot.addWidget(line)
    qtbot.addWidget(other)
    named(line, "eventLogFilter", "Filter the log")
    named(other, "other")
    assert (line.accessibleName(), other.accessibleName()) == ("Filter the log", "")


def test_a_label_is_read_by_its_text(qtbot: QtBot) -> None:
    """What it is of is its description: a name would hide the value."""
    label = plain_label("pending")
    qtbot.addWidget(label)
    named(label, "currentStateLabel", "Current state")
    assert (label.accessibleName(), label.accessibleDescription()) == ("", "Current state")


def test_a_number_is_read_with_its_unit(qtbot: QtBot) -> None:
    """Readers are given the value without it."""
    box = QDoubleSpinBox(suffix=" s")
    qtbot.addWidget(box)
    named(box, "interval", "Polling interval")
    assert (box.accessibleName(), box.accessibleDescription()) == ("Polling interval", "s")


def test_what_is_typed_into_a_combo_box_has_its_name(qtbot: QtBot) -> None:
    """The line is what has the focus."""
    box = QComboBox(editable=True)
    qtbot.addWidget(box)
    named(box, "address", "Address")
    assert box.lineEdit().accessibleName() == "Address"
