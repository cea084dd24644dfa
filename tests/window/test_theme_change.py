"""A change of the theme, in a window that is used."""

from collections import Counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.long_session import show_long_session
from tests.helpers.window import settle


class Styled(QObject):
    """Counts how often each widget is styled."""

    def __init__(self) -> None:
        super().__init__()
        self.times: Counter[int] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.StyleChange:
            self.times[id(watched)] += 1
        return False


def places(window: MonitorWindow) -> dict[QWidget, object]:
    """Return where every widget is, and how far it is scrolled."""
    found: dict[QWidget, object] = {}
    for widget in filter(QWidget.isVisible, window.findChildren(QWidget)):
        bars = []
        if isinstance(widget, QAbstractScrollArea):
            bars = [widget.verticalScrollBar().value(), widget.horizontalScrollBar().value()]
        found[widget] = (widget.geometry(), bars)
    return found


def test_each_widget_is_styled_a_few_times(window: MonitorWindow, qapp: QApplication) -> None:
    """It took as long as all else together while each was styled once for each of its ancestors."""
    styled = Styled()
    qapp.installEventFilter(styled)
    window.theme.choose("dark")
    qapp.removeEventFilter(styled)
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
