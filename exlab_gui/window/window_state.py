"""What the window looked like the last time: taken from the settings, and put back there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exlab_gui.window.monitor_window import MonitorWindow


def restore(window: "MonitorWindow") -> None:
    """Have `window` look as it did when it was closed the last time."""
    settings, panes = window.settings, window.panes
    window.restoreGeometry(settings.shape("window/geometry"))
    panes.splitter.restoreState(settings.shape("window/splitter"))
    panes.log.splitter.restoreState(settings.shape("log/splitter"))
    panes.log.table.horizontalHeader().restoreState(settings.shape("log/columns"))
    window.session_list.horizontalHeader().restoreState(settings.shape("sessions/columns"))
    window.session_list.sort_as_indicated()
    panes.log.hide_kinds(frozenset(settings.names("log/hidden_kinds")))
    window.play_bar.set_factor(settings.number("session/speed", 1.0))


def remember(window: "MonitorWindow") -> None:
    """Keep what `window` looks like; where it presents, what it looked like before."""
    settings, panes = window.settings, window.panes
    desk = panes.desk if window.view.presenting else panes.splitter.saveState()
    window.view.present(False)
    settings.keep("window/geometry", window.saveGeometry())
    settings.keep("window/splitter", desk)
    settings.keep("log/splitter", panes.log.splitter.saveState())
    settings.keep("log/columns", panes.log.table.horizontalHeader().saveState())
    sessions = window.session_list.horizontalHeader().saveState()
    settings.keep("sessions/columns", sessions)
    settings.keep("log/hidden_kinds", sorted(panes.log.hidden_kinds))
    settings.keep("session/speed", window.play_bar.factor)
    settings.save()
