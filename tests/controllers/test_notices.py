"""Every message that was shown can be read again, and leads to its session."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QTableView, QToolButton

from exlab_gui.sources.commands import Redo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click, press, press_shortcut
from tests.helpers.window import settle


def button(window: MonitorWindow) -> QToolButton:
    return window.findChild(QToolButton, "noticesButton")


def opened(window: MonitorWindow) -> QDialog:
    window.activateWindow()
    press_shortcut(window, window.actions_by_name["actionNotices"])
    return window.findChild(QDialog, "noticesDialog")


def rows(dialog: QDialog) -> list[tuple[str, ...]]:
    model = dialog.findChild(QTableView, "noticesTable").model()
    return [
        tuple(model.index(row, column).data() for column in (1, 2, 3))
        for row in range(model.rowCount())
    ]


def whole(dialog: QDialog) -> str:
    return dialog.findChild(QPlainTextEdit, "noticesText").toPlainText()


def test_messages_are_counted_until_they_are_read(window: MonitorWindow) -> None:
    """The button is there once there is a message; the list, or Dismiss, makes it read."""
    assert button(window).isHidden()
    messages = window.panes.messages
    messages.show_info("first")
    messages.show_error("second")
    assert button(window).text() == "● 2 unread notices"
    messages.end()
    assert button(window).text() == "● 1 unread notice"
    dialog = opened(window)
    assert rows(dialog) == [("Error", "sim-1", "second"), ("Message", "sim-1", "first")]
    assert button(window).text() == "Notices"
    messages.show_info("third")
    assert button(window).text() == "Notices"
    assert rows(dialog)[0] == ("Message", "sim-1", "third")
    press(dialog, Qt.Key.Key_Escape)


def test_progress_is_no_notice(window: MonitorWindow) -> None:
    """It is told once it has ended, not with each percent."""
    window.panes.messages.show_progress("Writing", 1, 2, list)
    assert button(window).isHidden()
    window.panes.messages.end()


def test_a_notice_leads_to_its_session(window: MonitorWindow) -> None:
    """The session that was shown then is shown; one that was closed cannot be."""
    first = window.session
    window.panes.messages.show_info("of the first")
    window.session_actions.open()
    dialog = opened(window)
    assert whole(dialog) == "of the first"
    show = dialog.findChild(QPushButton, "noticesShow")
    click(show)
    assert window.session is first
    window.session_actions.close()
    press(dialog, Qt.Key.Key_Escape)
    settle()
    dialog = opened(window)
    show = dialog.findChild(QPushButton, "noticesShow")
    assert not show.isEnabled()
    assert show.toolTip() == "The session is not open any more."
    click(dialog.findChild(QPushButton, "noticesClear"))
    assert rows(dialog) == []
    press(dialog, Qt.Key.Key_Escape)


def test_a_notification_is_a_notice(window: MonitorWindow) -> None:
    """What was told on the desktop about another session is in the list, once."""
    other = window.session
    window.session_actions.open()
    window.notifier.wanted = True
    window.notifier.tell(other, "sim-1 has failed.", seen=False)
    dialog = opened(window)
    assert rows(dialog) == [("Message", "sim-1", "sim-1 has failed.")]
    press(dialog, Qt.Key.Key_Escape)


def test_a_refusal_is_about_the_session_that_refused(window: MonitorWindow) -> None:
    """Whichever is shown: it leads to the session that it is about."""
    first = window.session
    window.session_actions.open()
    first.request(Redo())
    dialog = opened(window)
    assert rows(dialog) == [("Error", "sim-1", "Nothing was undone.")]
    click(dialog.findChild(QPushButton, "noticesShow"))
    assert window.session is first
    press(dialog, Qt.Key.Key_Escape)


def test_a_long_message_can_be_read_to_its_end(window: MonitorWindow) -> None:
    """With the keyboard, too; another notice leaves the reader where he is."""
    text = "\n".join(f"file {n} is <b>damaged</b>" for n in range(40))
    window.panes.messages.show_error(text)
    dialog = opened(window)
    assert whole(dialog) == text
    field = dialog.findChild(QPlainTextEdit, "noticesText")
    assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus
    field.verticalScrollBar().setValue(20)
    window.panes.messages.show_info("another")
    assert whole(dialog) == text
    assert field.verticalScrollBar().value() == 20
    field.setFocus()
    press(field, Qt.Key.Key_Tab)
    assert not field.hasFocus()
    press(dialog, Qt.Key.Key_Escape)
