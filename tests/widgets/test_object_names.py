from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

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
