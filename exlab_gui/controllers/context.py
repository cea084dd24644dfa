"""What every group of the window's actions works with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from exlab_gui.models.jobs import Jobs
from exlab_gui.settings import Settings
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.actions import TIPS, set_tip
from exlab_gui.widgets.dialogs.file_dialog import ask_for_file
from exlab_gui.widgets.message_bar import MessageBar


@dataclass(frozen=True)
class ActionContext:
    """The window that the actions belong to, and where they read, write, and tell how it went."""

    window: QWidget
    actions: Mapping[str, QAction]
    settings: Settings
    theme: Theme
    messages: MessageBar
    jobs: Jobs

    def connect(self, do: Mapping[str, Callable[[], object]]) -> None:
        """Have each action do what stands in `do` for its name."""
        for name, done in do.items():
            # triggered passes whether the action is checked, which none of these wants.
            self.actions[name].triggered.connect(lambda _=False, done=done: done())

    def set_available(self, name: str, why_not: str | None) -> None:
        """Enable an action, or have its tool tip say why it is not."""
        self.actions[name].setEnabled(why_not is None)
        set_tip(self.actions[name], why_not or TIPS[name])

    def ask_for_file(
        self,
        title: str,
        kinds: Sequence[str],
        then: Callable[[Path], object],
        *,
        new: str | None = None,
    ) -> None:
        """Let the user name a file of `kinds`, as `file_dialog.ask_for_file` does."""
        ask_for_file(self.window, self.settings, title, kinds, then, new=new)
