"""The program: versions, keyboard shortcuts, log, settings and quitting."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QGuiApplication

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel

Rows = Callable[[], list[tuple[str, str]]]
"""Returns the keys and the tip of every action."""


def _loss(session: SessionModel) -> str:
    """Return what quitting would end or lose of `session`; nothing if it is harmless."""
    if (path := session.recorded_to) is not None:
        return tr(
            "The recording of {session} to {file} ends.",
            session=session.label,
            file=file_name(path.name),
        )
    if session.unsaved:
        return tr(
            "{session} is lost: it was stepped by hand and is not saved.", session=session.label
        )
    return ""


class ProgramActions(Controller):
    def __init__(self, context: ActionContext, sessions: SessionListModel, keyboard: Rows) -> None:
        super().__init__(context)
        self._sessions = sessions
        self._keyboard = keyboard

    @Action("actionQuit", "&Quit", "Ctrl+Q", "Session", 5, role=QAction.MenuRole.QuitRole)
    def quit(self) -> None:
        """Quit the program."""
        losses = [line for one in self._sessions.open_sessions if (line := _loss(one))]
        if self.context.jobs.busy:
            losses.append(tr("A file is not read or written to its end."))
        if not losses:
            self.context.window.close()
            return
        from exlab_gui.widgets.dialogs.confirm_dialogs import QuitDialog

        dialog = QuitDialog(losses, self.context.window)
        dialog.accepted.connect(self.context.window.close)
        dialog.open()

    @Action("actionShortcuts", "&Keyboard shortcuts", "F1", "Help", 1)
    def _show_shortcuts(self) -> None:
        """List every keyboard shortcut."""
        from exlab_gui.widgets.dialogs.about import ShortcutsDialog

        ShortcutsDialog(self._keyboard(), self.context.window).open()

    @Action("actionOpenLogFolder", "Open &log folder", "Ctrl+Shift+F1", "Help", 2)
    def _open_log_folder(self) -> None:
        """Open the folder of the program's log."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        from exlab_gui.program_log import log_folder

        try:
            folder = log_folder()
        except OSError as error:
            self.context.messages.show_error(
                tr("There is no log: {reason}.", reason=error.strerror)
            )
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.context.messages.show_info(tr("The log is in {file}", file=file_name(folder)))

    @Action("actionCopyDiagnostics", "Copy &diagnostics", "Ctrl+Shift+F3", "Help", 2)
    def _copy_diagnostics(self) -> None:
        """Copy what a report of a fault needs: versions, system and folders, and no names."""
        import json

        from exlab_gui.controllers.window_diagnostics import window_diagnostics

        told = window_diagnostics(self.context, self._sessions.open_sessions)
        QGuiApplication.clipboard().setText(json.dumps(told, indent=2, ensure_ascii=False))
        self.context.messages.show_info("The diagnostics are copied. Paste them into your report.")

    @Action("actionResetSettings", "&Reset settings", "Ctrl+Shift+F2", "Help", 2)
    def _reset_settings(self) -> None:
        """Restore the default settings at the next start."""
        self.context.settings.reset()
        self.context.settings.freeze()  # or closing the window would save its layout
        self.context.messages.show_info(
            "The settings are reset. Restart the program to apply them."
        )

    @Action(
        "actionAbout",
        "&About exlab-gui",
        "Shift+F1",
        "Help",
        1,
        icon="about",
        role=QAction.MenuRole.AboutRole,
    )
    def _show_about(self) -> None:
        """Show the versions and the licence."""
        from exlab_gui.widgets.dialogs.about import AboutDialog

        AboutDialog(self.context.window).open()
