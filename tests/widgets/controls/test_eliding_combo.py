"""A box to choose from."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from tests.helpers.hands import POPUPS


@POPUPS
def test_no_entry_of_its_list_is_cut(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    """As long as they are few, all are seen at once, whether the box has the focus or not."""
    window = QWidget()
    qtbot.addWidget(window)
    box, other = ElidingComboBox(window), ElidingComboBox(window)
    box.addItems([f"Scenario {number}" for number in range(9)])
    window.resize(400, 300)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for holder in (other, box):
        holder.setFocus()
        box.showPopup()
        qapp.processEvents()
        assert box.view().verticalScrollBar().maximum() == 0
        assert box.view().width() == box.view().window().width()
        box.hidePopup()
    assert box.hasFocus()
