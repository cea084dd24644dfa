"""The view: log, zoom, list of sessions, and theme."""

from collections.abc import Sequence
from functools import partial
from itertools import chain

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMenu

from exlab_gui.controllers.action import Action, Controller, Submenu
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.log_views import LogViews
from exlab_gui.core.limits import COPIED_ROWS
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.language import SYSTEM, choose, chosen, languages, own_name
from exlab_gui.theme.theme import ThemeChoice
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.diagram.zoomable_view import ZOOM_STEP
from exlab_gui.widgets.log.log_tabs import LogTabs
from exlab_gui.widgets.object_names import named

MINIMAP = "diagram/minimap"


class ViewActions(Controller):
    """Changes the view only; `reset_wanted`: the layout is to be as it was at first."""

    reset_wanted = Signal()

    def __init__(
        self, context: ActionContext, diagram: DiagramView, tabs: LogTabs, sessions: QDockWidget
    ) -> None:
        super().__init__(context)
        self._diagram = diagram
        self._tabs, self._log = tabs, tabs.log
        self._sessions = sessions
        diagram.on_top.want_minimap(context.settings.value(MINIMAP, bool) is not False)
        sessions.visibilityChanged.connect(context.refresh)
        self._log.table.copying.connect(self._copy)
        self._views = LogViews(context, self._log)

    def _copy(self, selected: Sequence[range]) -> None:
        count = sum(map(len, selected))
        if count > COPIED_ROWS:
            self.context.messages.show_error(
                tr(
                    "{count:,} rows are selected; at most {most:,} are copied at once. Select "
                    "fewer, or export the log.",
                    count=count,
                    most=COPIED_ROWS,
                )
            )
        else:
            rows = self._log.model.copied(chain.from_iterable(selected))
            self.context.jobs.run(
                phrase("Copying {count:,} rows", count=count), rows.text, partial(self._put, count)
            )

    def _put(self, count: int, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.context.messages.show_info(tr("Copied {count:,} rows", count=count))

    @Action("actionFilter", "&Filter log", "Ctrl+F", "View", 1, icon="filter")
    def _go_to_filter(self) -> None:
        """Go to the log's filter."""
        self._tabs.show_log()
        self._log.filter.setFocus()
        self._log.filter.selectAll()

    @Action("actionProblems", "Proble&ms", "Ctrl+F8", "View", 1, icon="warning")
    def _show_problems(self) -> None:
        """List the violations, warnings and notes."""
        self._tabs.show_problems()

    @Action("actionSequence", "S&equence", "Ctrl+F9", "View", 1)
    def _show_sequence(self) -> None:
        """Show the messages between operator, session, plugin and server."""
        self._tabs.show_sequence()

    @Action("actionFollow", "F&ollow newest event", "Ctrl+End", "View", 1, icon="follow")
    def _follow(self) -> None:
        """Keep the newest row in view."""
        self._log.table.follow(True)

    @Action("actionClearLog", "&Clear log", "Ctrl+Shift+L", "View", 1, icon="clear")
    def _clear_log(self) -> None:
        """Hide the events so far."""
        self._log.model.clear_view()

    @Action("actionShowCleared", "Sho&w cleared events", "Ctrl+Shift+K", "View", 1)
    def _show_cleared(self) -> None:
        """Show the whole log again."""
        self._log.model.show_cleared()

    @Action("actionZoomIn", "Zoom &in", "Ctrl++", "Diagram", 1, also="Ctrl+=", repeats=True)
    def _zoom_in(self) -> None:
        """Enlarge the diagram."""
        self._diagram.zoom(ZOOM_STEP)

    @Action("actionZoomOut", "Zoom &out", "Ctrl+-", "Diagram", 1, repeats=True)
    def _zoom_out(self) -> None:
        """Shrink the diagram."""
        self._diagram.zoom(1 / ZOOM_STEP)

    @Action("actionZoomActual", "&Actual size", "Ctrl+0", "Diagram", 1)
    def _show_actual_size(self) -> None:
        """Show the diagram in its actual size."""
        self._diagram.show_actual_size()

    @Action("actionZoomFit", "&Fit diagram", "Ctrl+Home", "Diagram", 1, icon="zoom-fit")
    def _fit(self) -> None:
        """Show the whole diagram."""
        self._diagram.fit()

    @Action("actionFindState", "Find &state", "Ctrl+Shift+F", "Diagram", 1)
    def _find_state(self) -> None:
        """Find a state of the diagram by a part of its name or phase."""
        self._diagram.on_top.search.begin()

    @Action(
        "actionMinimap",
        "&Minimap while zoomed",
        "Shift+F3",
        "Diagram",
        1,
        checked=lambda c: c._diagram.on_top.minimap.wanted,
    )
    def _show_minimap(self) -> None:
        """Show the whole diagram in small, if it does not fit."""
        wanted = not self._diagram.on_top.minimap.wanted
        self._diagram.on_top.want_minimap(wanted)
        self.context.settings.keep(MINIMAP, wanted)

    @Action(
        "actionSessionList",
        "&Sessions",
        "Ctrl+Shift+S",
        "View",
        4,
        checked=lambda c: not c._sessions.isHidden(),
    )
    def _show_sessions(self) -> None:
        """Show the list of sessions."""
        self._sessions.setVisible(self._sessions.isHidden())

    @Action("actionResetLayout", "&Reset layout", "Ctrl+Shift+F11", "View", 4)
    def _reset_layout(self) -> None:
        """Put all panes and columns back to where they were at first."""
        self.reset_wanted.emit()

    @Action(
        "actionThemeSystem",
        "Use &system theme",
        "Ctrl+T, S",
        "Theme",
        1,
        checked=lambda c: c.context.theme.choice is ThemeChoice.SYSTEM,
    )
    def _use_system_theme(self) -> None:
        """Follow the system's light, dark or high-contrast theme."""
        self._use(ThemeChoice.SYSTEM)

    @Action(
        "actionThemeLight",
        "Use &light theme",
        "Ctrl+T, L",
        "Theme",
        1,
        checked=lambda c: c.context.theme.choice is ThemeChoice.LIGHT,
    )
    def _use_light_theme(self) -> None:
        """Use dark text on a light background."""
        self._use(ThemeChoice.LIGHT)

    @Action(
        "actionThemeDark",
        "Use &dark theme",
        "Ctrl+T, D",
        "Theme",
        1,
        checked=lambda c: c.context.theme.choice is ThemeChoice.DARK,
    )
    def _use_dark_theme(self) -> None:
        """Use light text on a dark background."""
        self._use(ThemeChoice.DARK)

    @Action(
        "actionThemeContrast",
        "Use &high contrast",
        "Ctrl+T, H",
        "Theme",
        1,
        checked=lambda c: c.context.theme.choice is ThemeChoice.CONTRAST,
    )
    def _use_high_contrast(self) -> None:
        """Use black and white with strong colours, light or dark as the system."""
        self._use(ThemeChoice.CONTRAST)

    @Submenu("menuLanguage", "L&anguage", "View", 6)
    def _offer_languages(self, menu: QMenu) -> None:
        now = chosen(self.context.settings)
        for language in (SYSTEM, *languages()):
            text = own_name(language) if language else tr("As the system")
            action = named(menu.addAction(text), f"language_{language or 'system'}")
            action.setCheckable(True)
            action.setChecked(language == now)
            action.triggered.connect(partial(self._choose_language, language))

    def _choose_language(self, language: str) -> None:
        choose(self.context.settings, language)
        self.context.messages.show_info(
            tr("The language is kept. Restart the program to apply it.")
        )

    def _use(self, choice: ThemeChoice) -> None:
        self.context.theme.choose(choice)
        self.context.settings.keep("window/theme", choice.value)
