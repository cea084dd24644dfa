"""Every action of the window, and where it stands: two tables that all else is made from."""

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from exlab_gui.export.registry import EXPORTERS
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.theme.icons import IconName, icon
from exlab_gui.widgets.object_names import named


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action: its object name, what it is called, its shortcut, what it does."""

    name: str
    text: str
    shortcut: str
    tip: str
    icon: IconName | None = None
    checkable: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "actionNewSession", "&New session", "Ctrl+N", "Open a simulated session", "new-session"
    ),
    ActionSpec("actionCloseSession", "C&lose session", "Ctrl+W", "Close the shown session"),
    ActionSpec("actionNextSession", "Ne&xt session", "Ctrl+PgDown", "Show the session below"),
    ActionSpec("actionPreviousSession", "Pre&vious session", "Ctrl+PgUp", "Show the session above"),
    ActionSpec("actionPlay", "&Play", "F5", "Play the scenario", "play"),
    ActionSpec("actionPause", "Pa&use", "F6", "Pause the play", "pause"),
    ActionSpec("actionStep", "&Step once", "F10", "Do the scenario's next step", "step"),
    ActionSpec("actionReset", "&Reset", "Ctrl+R", "Start the session again", "reset"),
    ActionSpec("actionFaster", "&Faster", "Ctrl+.", "Play twice as fast"),
    ActionSpec("actionSlower", "Slo&wer", "Ctrl+,", "Play half as fast"),
    ActionSpec(
        "actionPlayTour",
        "Play &tour",
        "Shift+F5",
        "Play sessions that take every legal transition",
        checkable=True,
    ),
    ActionSpec("actionFail", "Fa&il …", "Ctrl+E", "Let the session fail with an error", "fail"),
    ActionSpec("actionCancel", "&Cancel …", "Ctrl+K", "Cancel the session", "cancel"),
    ActionSpec(
        "actionOpenScenario", "&Open scenario …", "Ctrl+Shift+O", "Open a scenario file", "open"
    ),
    *(ActionSpec(e.action, e.text, e.keys, e.tip, e.icon) for e in EXPORTERS),
    ActionSpec("actionOpenTrace", "&Open recording …", "Ctrl+O", "Open a recording", "open"),
    ActionSpec(
        "actionRecord",
        "&Record to a file …",
        "Ctrl+Shift+R",
        "Write the session to a file as it happens",
        checkable=True,
    ),
    ActionSpec("actionGoToFirst", "To the &first event", "Alt+Home", "Show how it began"),
    ActionSpec("actionGoBack", "One event &back", "Alt+Left", "Show the event before"),
    ActionSpec("actionGoForward", "One event for&ward", "Alt+Right", "Show the event after"),
    ActionSpec(
        "actionGoToLatest", "To the &latest event", "Alt+End", "Show the session as it is", "latest"
    ),
    ActionSpec("actionNextFinding", "&Next finding", "F8", "Show the next finding of the check"),
    ActionSpec(
        "actionCollapseGaps",
        "Shorten &idle gaps",
        "Ctrl+Shift+G",
        "Shorten long idle gaps",
        checkable=True,
    ),
    ActionSpec(
        "actionForkHere",
        "For&k here",
        "Ctrl+B",
        "Go on by hand from the moment that is shown, in a session of its own",
        "fork",
    ),
    ActionSpec("actionCompare", "Co&mpare …", "Ctrl+M", "Compare the session with another one"),
    ActionSpec(
        "actionCoverage",
        "Co&verage …",
        "Shift+F7",
        "Tell how often each state and transition was taken",
    ),
    ActionSpec(
        "actionConnect",
        "&Connect …",
        "Ctrl+Shift+C",
        "Watch the sessions of a running ExLab-Wizard",
        "connect",
    ),
    ActionSpec(
        "actionDisconnect",
        "&Disconnect",
        "Ctrl+Shift+D",
        "Watch the shown session's server no more",
    ),
    ActionSpec(
        "actionListen",
        "&Listen to the events …",
        "Ctrl+Shift+V",
        "Read the shown session's events, which then reach nobody else",
        checkable=True,
    ),
    ActionSpec("actionPace", "&Pace …", "Ctrl+Shift+P", "Choose how often servers are asked"),
    ActionSpec(
        "actionNotify",
        "&Notify me",
        "Ctrl+Shift+N",
        "Tell on the desktop when a live session needs input or fails",
        checkable=True,
    ),
    ActionSpec("actionQuit", "&Quit", "Ctrl+Q", "Leave the program"),
    ActionSpec("actionFilter", "&Filter the log", "Ctrl+F", "Go to the log's filter", "filter"),
    ActionSpec(
        "actionFollow", "F&ollow the newest", "Ctrl+End", "Keep the newest row in sight", "follow"
    ),
    ActionSpec(
        "actionClearLog", "&Clear the log's view", "Ctrl+Shift+L", "Begin the log anew", "clear"
    ),
    ActionSpec(
        "actionShowCleared", "Show what was cl&eared", "Ctrl+Shift+K", "Show the whole log again"
    ),
    ActionSpec("actionZoomIn", "Zoom &in", "Ctrl++", "Show the diagram larger"),
    ActionSpec("actionZoomOut", "Zoom o&ut", "Ctrl+-", "Show the diagram smaller"),
    ActionSpec(
        "actionZoomFit", "Fit the dia&gram", "Ctrl+Home", "Show the whole diagram", "zoom-fit"
    ),
    ActionSpec(
        "actionBreakpoint",
        "&Breakpoint here",
        "F9",
        "Pause the play on entering the state that is chosen in the diagram",
        "breakpoint",
    ),
    ActionSpec(
        "actionShowCoverage",
        "Co&verage on the diagram",
        "F7",
        "Show how often each state and transition was taken on the diagram",
        checkable=True,
    ),
    ActionSpec(
        "actionSessionList",
        "&Sessions",
        "Ctrl+Shift+S",
        "Show the list of sessions",
        checkable=True,
    ),
    ActionSpec(
        "actionPresentation",
        "&Presentation",
        "F11",
        "Show the diagram and the state large enough for the back of a room",
        "presentation",
        checkable=True,
    ),
    ActionSpec("actionThemeSystem", "Theme: as the s&ystem", "Ctrl+T, S", "Follow the system"),
    ActionSpec("actionThemeLight", "Theme: &light", "Ctrl+T, L", "Dark on light"),
    ActionSpec("actionThemeDark", "Theme: &dark", "Ctrl+T, D", "Light on dark"),
    ActionSpec("actionShortcuts", "&Keyboard", "F1", "List every shortcut"),
    ActionSpec("actionAbout", "&About exlab-gui", "Shift+F1", "Versions and licence", "about"),
)

MENUS: dict[str, tuple[str, ...]] = {
    "&Session": (
        "actionNewSession",
        "actionCloseSession",
        "actionNextSession",
        "actionPreviousSession",
        "",
        "actionPlay",
        "actionPause",
        "actionStep",
        "actionReset",
        "actionFaster",
        "actionSlower",
        "actionPlayTour",
        "",
        "menuGoTo",
        "menuWalkTo",
        "actionFail",
        "actionCancel",
        "",
        "actionOpenScenario",
        "menuRecentScenarios",
        "",
        "actionQuit",
    ),
    "&Trace": (
        "actionOpenTrace",
        "menuRecentTraces",
        "actionSaveTrace",
        "actionSaveTest",
        "actionRecord",
        "",
        "actionGoToFirst",
        "actionGoBack",
        "actionGoForward",
        "actionGoToLatest",
        "actionNextFinding",
        "actionCollapseGaps",
        "",
        "actionForkHere",
        "actionCompare",
        "actionCoverage",
        "",
        "actionExportLog",
        "actionExportDiagram",
        "actionExportXes",
        "actionExportReport",
        "actionExportRedacted",
    ),
    "Se&rver": (
        "actionConnect",
        "actionDisconnect",
        "",
        "actionListen",
        "actionPace",
        "actionNotify",
    ),
    "&View": (
        "actionFilter",
        "actionFollow",
        "actionClearLog",
        "actionShowCleared",
        "",
        "actionZoomIn",
        "actionZoomOut",
        "actionZoomFit",
        "actionBreakpoint",
        "actionShowCoverage",
        "",
        "actionSessionList",
        "actionPresentation",
        "",
        "actionThemeSystem",
        "actionThemeLight",
        "actionThemeDark",
    ),
    "&Help": ("actionShortcuts", "actionAbout"),
}
"""The menus from left to right; an empty name is a separator, ``menu…`` a menu of its own."""

TOOL_BAR = ("actionNewSession", "actionPlay", "actionPause", "actionStep", "actionReset")


def make_actions(parent: QWidget) -> dict[str, QAction]:
    """Return every action of the window by its object name, children of `parent`."""
    actions = {}
    for spec in ACTIONS:
        action = named(QAction(spec.text, parent), spec.name)
        action.setShortcut(QKeySequence(spec.shortcut))
        action.setCheckable(spec.checkable)
        if spec.icon is not None:
            action.setIcon(icon(spec.icon))
        set_tip(action, spec.tip)
        actions[spec.name] = action
    return actions


def set_tip(action: QAction, tip: str) -> None:
    """Give `action` a tool tip that tells its shortcut, too."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    told = f"{tip} ({keys})" if keys else tip
    if action.statusTip() != tip:
        action.setToolTip(plain_tip(told))
        action.setStatusTip(tip)


TIPS = {spec.name: spec.tip for spec in ACTIONS}
"""What each action does, by its object name."""
