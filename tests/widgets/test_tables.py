import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.tables import CleanCuts, ReadOnlyTable, RowTable
from tests.helpers.hands import press


def test_cells_are_cut_behind_a_word_and_measured_whole(qtbot: QtBot) -> None:
    """A narrow cell has no blank before its ellipsis; its size is still that of all its text."""
    table = ReadOnlyTable(("Text",), "table", "Texts")
    qtbot.addWidget(table)
    text = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
    table.add_row(text)
    cells = CleanCuts(table)
    table.setItemDelegate(cells)
    index, shown = table.model().index(0, 0), set()
    for width in range(20, 120):
        option = QStyleOptionViewItem()
        option.widget, option.rect, option.font = table, QRect(0, 0, width, 20), table.font()
        option.textElideMode = Qt.TextElideMode.ElideRight
        cells.initStyleOption(option, index)
        shown.add(option.text)
    assert len(shown) > 10
    assert [cut for cut in shown if cut.endswith(" …")] == []
    assert table.sizeHintForColumn(0) > table.fontMetrics().horizontalAdvance(text)


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


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_row_is_selected_alone(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    """Also in a language that is written from right to left, in which Qt selects none."""
    table = RowTable(QStandardItemModel(5, 3))
    table.model().setParent(table)
    qtbot.addWidget(table)
    table.setLayoutDirection(direction)
    table.show()
    for row in (0, 4):
        table.selectRow(row)
        assert table.selected_rows() == [range(row, row + 1)]
        assert table.currentIndex().row() == row
