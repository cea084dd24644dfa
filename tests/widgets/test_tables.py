from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.tables import ReadOnlyTable
from tests.helpers.hands import press


def test_selected_rows_are_copied_for_a_spreadsheet(qtbot: QtBot) -> None:
    """Ctrl+C copies the rows in their order, no text as a formula, and nothing if none is."""
    table = ReadOnlyTable(("State", "Time"), "table", "Times")
    qtbot.addWidget(table)
    for row in (("=1+1", "0:01.0"), ("done", "@SUM(1)"), ("failed", "-")):
        table.add_row(*row)
    table.show()
    QGuiApplication.clipboard().setText("before")
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    table.selectAll()
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "'=1+1\t0:01.0\ndone\t'@SUM(1)\nfailed\t'-\n"
