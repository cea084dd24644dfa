"""A change of the theme, in a window that is used."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from exlab_gui.theme.colours import DARK
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.long_session import show_long_session
from tests.helpers.painted import Painted
from tests.helpers.styling import Heard
from tests.helpers.window import settle


def places(window: MonitorWindow) -> dict[QWidget, object]:
    """Return where every widget is, and how far it is scrolled."""
    found: dict[QWidget, object] = {}
    for widget in filter(QWidget.isVisible, window.findChildren(QWidget)):
        bars = []
        if isinstance(widget, QAbstractScrollArea):
            bars = [widget.verticalScrollBar().value(), widget.horizontalScrollBar().value()]
        found[widget] = (widget.geometry(), bars)
    return found


def test_each_widget_is_styled_a_few_times(window: MonitorWindow) -> None:
    """It took as long as all else together while each was styled once for each of its ancestors."""
    with Heard(QEvent.Type.StyleChange) as styled:
        window.theme.choose("dark")
        settle()
    assert styled.times
    assert styled.times.total() <= 3 * len(styled.times)


def test_everything_stays_where_it_is(window: MonitorWindow) -> None:
    """Neither panes nor what is scrolled to move, whatever themes there were in between."""
    show_long_session(window, 300)
    table = window.panes.log.table
    table.scrollToTop()
    table.verticalScrollBar().setValue(120)
    settle()
    before = places(window)
    for theme in ("dark", "contrast", "light"):
        window.theme.choose(theme)
        settle()
    assert places(window) == before


def test_each_part_of_a_change_has_a_turn_of_its_own(
    window: MonitorWindow, qapp: QApplication
) -> None:
    """Together they take longer than a window may be away; nothing is painted in between."""
    painted, told = Painted(window), []
    window.theme.changed.connect(lambda: told.append(qapp.styleSheet()))
    before = painted.times
    window.theme.choose("dark")
    assert window.theme.colours is DARK
    assert (qapp.styleSheet(), told) == ("", [])
    window.repaint()
    QApplication.processEvents()
    assert qapp.styleSheet()
    assert painted.times == before
    settle()
    assert told == [qapp.styleSheet()]
    assert painted.times > before


def test_a_change_during_a_change(window: MonitorWindow, qapp: QApplication) -> None:
    """The last choice is what is shown, whichever were made before it."""
    for choice in ("dark", "contrast", "dark", "light", "dark"):
        window.theme.choose(choice)
        QApplication.processEvents()
    settle()
    assert window.theme.colours is DARK
    assert DARK.window in qapp.styleSheet()
    assert window.updatesEnabled()
    assert window.grab().toImage().pixelColor(3, window.height() - 3) == QColor(DARK.window)


def test_what_was_to_be_painted_before_a_change_is(window: MonitorWindow) -> None:
    """Chosen just after a session had come, a theme left the window as it was before both."""
    settle()
    window.actions_by_name["actionNewSession"].trigger()
    window.theme.choose("dark")
    painted = Painted(window)
    settle()
    assert painted.times
