import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.message_bar import MessageBar
from tests.helpers.window import settle


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> MessageBar:
    bar = MessageBar(theme)
    qtbot.addWidget(bar)
    return bar


def button(bar: MessageBar) -> QToolButton:
    return bar.findChild(QToolButton, "messageDismiss")


def progress(bar: MessageBar) -> QProgressBar:
    return bar.findChild(QProgressBar, "messageProgress")


def mark(bar: MessageBar) -> bytes:
    """Return the pixels of the mark beside the message."""
    (label,) = (label for label in bar.findChildren(QLabel) if not label.pixmap().isNull())
    return bytes(label.pixmap().toImage().constBits())


def test_it_takes_no_room_where_there_is_nothing_to_say(bar: MessageBar) -> None:
    """The bar is hidden until something is said."""
    assert bar.isHidden()
    assert bar.text == ""


@pytest.mark.parametrize("show_info", [MessageBar.show_info, MessageBar.show_error])
def test_it_says_one_thing_at_a_time(bar: MessageBar, show_info: object) -> None:
    """A message stands until the next one, or until it is dismissed."""
    show_info(bar, "first")
    show_info(bar, "second")
    assert bar.isVisible()
    assert (bar.text, bar.accessibleName()) == ("second", "second")
    button(bar).click()
    assert bar.isHidden()
    assert bar.text == ""


def test_a_complaint_looks_different(bar: MessageBar) -> None:
    """What went wrong and what was done have marks of their own, not only colours."""
    bar.show_info("done")
    done = mark(bar)
    bar.show_error("wrong")
    assert mark(bar) != done


def test_its_mark_follows_the_theme(bar: MessageBar, theme: Theme) -> None:
    """A message that stands while the theme changes is drawn in the new colours."""
    bar.show_error("wrong")
    light = mark(bar)
    theme.choose("dark")
    settle()
    assert mark(bar) != light


def test_text_is_shown_as_it_is(bar: MessageBar) -> None:
    """The name of a file may look like markup, and have no end."""
    bar.show_error("<b>no</b>: " + "x" * 5_000)
    label = bar.findChild(QLabel, "messageText")
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text().startswith("<b>no</b>: ")
    assert bar.minimumSizeHint().width() < 600


def test_work_shows_how_far_it_is(bar: MessageBar) -> None:
    """Of long work the bar tells how much is done, even of more than 32 bits can count."""
    bar.show_progress("Writing log.jsonl", 3 * 2**40, 4 * 2**40, list)
    assert bar.text == "Writing log.jsonl"
    assert progress(bar).isVisible()
    assert progress(bar).value() / progress(bar).maximum() == 0.75
    bar.show_info("Saved log.jsonl")
    assert progress(bar).isHidden()


def test_work_of_no_size_is_not_done(bar: MessageBar) -> None:
    """An empty log is written like any other."""
    bar.show_progress("Writing", 0, 0, list)
    assert progress(bar).value() == 0


def test_work_can_be_stopped(bar: MessageBar) -> None:
    """The button stops the work whose progress is shown, and no other; then it only dismisses."""
    stopped: list[str] = []
    bar.show_progress("Writing", 1, 2, lambda: stopped.append("writing"))
    bar.show_progress("Playing", 1, 2, lambda: stopped.append("playing"))
    assert button(bar).text() == "Stop"
    button(bar).click()
    assert bar.isHidden()
    bar.show_info("done")
    assert button(bar).text() == "Dismiss"
    button(bar).click()
    assert stopped == ["playing"]


def test_it_takes_one_line_and_shows_the_rest_if_asked(theme: Theme, qtbot: QtBot) -> None:
    """It is at the bottom, of one line; a button shows all of a long message, another less."""
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(600, 400)
    around.show()
    bar = MessageBar(theme, around)
    more = bar.findChild(QToolButton, "messageMore")
    bar.show_error("Saved.")
    one_line = bar.height()
    assert more.isHidden()
    for text in ("word " * 60, "one\ntwo", "x" * 500):
        bar.show_error(text)
        assert bar.height() == one_line < 40
        assert around.rect().contains(bar.geometry())
        assert bar.geometry().bottom() >= around.height() - 2
        more.click()
        assert bar.height() > one_line
        assert around.rect().contains(bar.geometry())
        assert bar.geometry().bottom() >= around.height() - 2
        assert more.text() == "Show less"
        more.click()
        assert bar.height() == one_line
    bar.show_error("word " * 60)
    more.click()
    bar.show_error("Another.")
    assert bar.height() == one_line


def test_only_a_notice_goes_by_itself(bar: MessageBar, qtbot: QtBot) -> None:
    """An error stays until somebody has read it."""
    (ending,) = bar.findChildren(QTimer)
    bar.show_info("Saved.")
    assert ending.isActive()
    bar.show_error("Not saved.")
    assert not ending.isActive()
    bar.show_info("Saved.")
    ending.setInterval(0)
    qtbot.waitUntil(bar.isHidden)


def test_it_stands_on_its_strip(theme: Theme, qtbot: QtBot) -> None:
    """It covers the strip only, and not what is shown at the right of it."""
    around, strip, count = QWidget(), QWidget(), QLabel("3")
    qtbot.addWidget(around)
    around.resize(600, 300)
    bar = MessageBar(theme, around)
    for widget in (strip, count):
        widget.setParent(around)
    strip.setGeometry(0, 260, 600, 40)
    count.setGeometry(500, 260, 100, 40)
    bar.stand_on(strip, count)
    around.show()
    bar.show_error("wrong " * 90)
    assert strip.geometry().contains(bar.geometry())
    assert not bar.geometry().intersects(count.geometry())
    count.hide()
    assert bar.width() > 550
    strip.move(0, 200)
    assert strip.geometry().contains(bar.geometry())


def test_a_message_can_be_copied(bar: MessageBar) -> None:
    """What went wrong can be put into a report."""
    bar.show_error("No response.")
    (copy,) = bar.findChild(QLabel, "messageText").actions()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "No response."
