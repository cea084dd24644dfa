"""The frame of every dialog fits on the screen."""

from PySide6.QtWidgets import QTableWidget, QWidget

from exlab_gui.widgets.dialogs.dialog import Dialog


def test_no_dialog_is_larger_than_the_screen(qtbot):
    """All of its buttons can be reached, on a small screen too."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = Dialog("Large", "largeDialog", parent)
    dialog.add(QTableWidget())
    dialog.add_close()
    dialog.resize(10_000, 10_000)
    dialog.open()
    room = dialog.screen().availableGeometry()
    assert dialog.width() <= room.width()
    assert dialog.height() < room.height()
    dialog.close()
