"""The program itself: what it is, its keyboard, and its end."""

from collections.abc import Callable

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext

Rows = Callable[[], list[tuple[str, str]]]
"""Returns the keys of every action, and what each does."""


class ProgramActions(Controller):
    """Tells about the program, and leaves it; `keyboard` gives every shortcut."""

    def __init__(self, context: ActionContext, keyboard: Rows) -> None:
        super().__init__(context)
        self._keyboard = keyboard

    @Action("actionQuit", "&Quit", "Ctrl+Q", "Session", 5)
    def _quit(self) -> None:
        """Leave the program."""
        self.context.window.close()

    @Action("actionShortcuts", "&Keyboard shortcuts", "F1", "Help", 1)
    def _show_shortcuts(self) -> None:
        """List every keyboard shortcut."""
        from exlab_gui.widgets.dialogs.about import ShortcutsDialog

        ShortcutsDialog(self._keyboard(), self.context.window).open()

    @Action("actionAbout", "&About exlab-gui", "Shift+F1", "Help", 1, icon="about")
    def _show_about(self) -> None:
        """Show the versions and the licence."""
        from exlab_gui.widgets.dialogs.about import AboutDialog

        AboutDialog(self.context.window).open()
