import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.export.exporter import Replacement
from exlab_gui.widgets.dialogs.redact_dialog import RedactDialog
from exlab_gui.widgets.tables import ReadOnlyTable
from tests.helpers.hands import press, write
from tests.helpers.window import settle


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def opened(window: QWidget, *words: str) -> RedactDialog:
    found = [Replacement(word, f"[value {n}]") for n, word in enumerate(words, 1)]
    dialog = RedactDialog("Export redacted report", found, window)
    dialog.open()
    dialog.activateWindow()
    settle()
    return dialog


def rows(dialog: RedactDialog) -> list[list[str]]:
    table = dialog.findChild(ReadOnlyTable, "redactWords")
    return [
        [table.item(row, column).text() for column in (0, 1)] for row in range(table.rowCount())
    ]


def test_the_words_are_listed_with_their_placeholders(window: QWidget) -> None:
    """Each word is in a row, in one line, with what takes its place."""
    assert rows(opened(window, "Ada", "a\nb")) == [["Ada", "[value 1]"], ["a\\nb", "[value 2]"]]


def test_of_many_words_the_first_are_listed(window: QWidget) -> None:
    """A list that nobody would read is cut, and says how many more are replaced."""
    listed = rows(opened(window, *map(str, range(2_500))))
    assert (len(listed), listed[-1][0]) == (2_001, "… and 500 more words")


def test_enter_adds_what_is_typed_and_then_confirms(window: QWidget, qtbot: QtBot) -> None:
    """A word is added once; with nothing typed, Enter goes on to the file."""
    dialog = opened(window)
    for word in ("Grace", " Grace ", "mice"):
        write(dialog, word)
        press(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
    assert rows(dialog) == [["Grace", "[word 1]"], ["mice", "[word 2]"]]
    with qtbot.waitSignal(dialog.confirmed) as confirmed:
        press(dialog, Qt.Key.Key_Return)
    assert confirmed.args == [["Grace", "mice"]]


def test_what_was_typed_counts_without_enter(window: QWidget, qtbot: QtBot) -> None:
    """Nobody loses a word who goes on by the mouse."""
    dialog = opened(window)
    write(dialog, "Grace")
    with qtbot.waitSignal(dialog.confirmed) as confirmed:
        dialog.findChild(QPushButton, "redactConfirm").click()
    assert confirmed.args == [["Grace"]]


def test_it_can_be_left(window: QWidget, qtbot: QtBot) -> None:
    """Its other button confirms nothing."""
    dialog = opened(window, "Ada")
    with qtbot.assertNotEmitted(dialog.confirmed):
        dialog.findChild(QPushButton, "redactReject").click()
