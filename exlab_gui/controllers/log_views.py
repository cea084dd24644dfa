"""Filters of the log that are kept under a name."""

from functools import partial

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.controls.menu_style import fill_when_shown
from exlab_gui.widgets.log.log_pane import LogPane
from exlab_gui.widgets.object_names import named

_KEY = "log/views"
_MOST = 50


class LogView(msgspec.Struct, frozen=True):
    """The text of the filter and the hidden kinds, under a name."""

    name: str
    text: str = ""
    hidden_kinds: tuple[str, ...] = ()


class LogViews(QObject):
    """Fills the menu of the saved views: each shows its rows; more are saved, or deleted."""

    def __init__(self, context: ActionContext, log: LogPane) -> None:
        super().__init__(context)
        self._context = context
        self._log = log
        fill_when_shown(log.views_menu, self._fill)

    @property
    def views(self) -> list[LogView]:
        return (self._context.settings.value(_KEY, list[LogView]) or [])[:_MOST]

    def show(self, view: LogView) -> None:
        self._log.filter.setText(view.text)
        self._log.hide_kinds(view.hidden_kinds)

    def save(self, name: str) -> None:
        """Save the filter of the log as it is; another one of that name is replaced."""
        new = LogView(name, self._log.filter.text(), tuple(sorted(self._log.hidden_kinds)))
        self._keep([*(view for view in self.views if view.name != name), new])

    def delete(self, name: str) -> None:
        self._keep([view for view in self.views if view.name != name])

    def _keep(self, views: list[LogView]) -> None:
        self._context.settings.keep(_KEY, sorted(views, key=lambda view: view.name.casefold()))

    def _fill(self, menu: QMenu) -> None:
        views = self.views
        for number, view in enumerate(views):
            entry = named(menu.addAction(_label(view)), f"eventLogView_{number}")
            entry.triggered.connect(partial(self.show, view))
        menu.addSeparator()
        saving = named(menu.addAction(tr("&Save this view…"), self._ask), "eventLogSaveView")
        filtered = bool(self._log.filter.text().strip() or self._log.hidden_kinds)
        saving.setEnabled(filtered and len(views) < _MOST)
        if views:
            deleting = named(menu.addMenu(tr("&Delete view")), "eventLogDeleteView")
            for number, view in enumerate(views):
                entry = named(deleting.addAction(_label(view)), f"eventLogDelete_{number}")
                entry.triggered.connect(partial(self.delete, view.name))

    def _ask(self) -> None:
        from exlab_gui.widgets.dialogs.view_name_dialog import ViewNameDialog

        names = [view.name for view in self.views]
        dialog = ViewNameDialog(names, self._context.window)
        dialog.chosen.connect(self.save)
        dialog.open()


def _label(view: LogView) -> str:
    return sanitize(view.name).replace("&", "&&")
