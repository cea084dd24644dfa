"""Opens the dialogs. Each is imported with its first use: the window opens sooner without them."""

from PySide6.QtWidgets import QWidget

from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.transition_actions import TransitionActions


def ask_to_fail(session: SessionModel, parent: QWidget) -> None:
    """Let the user say with which error `session` is to fail."""
    from exlab_gui.widgets.dialogs.confirm_dialogs import FailDialog

    FailDialog(session, parent).open()


def ask_to_cancel(session: SessionModel, parent: QWidget) -> None:
    """Let the user say how `session` is to be cancelled."""
    from exlab_gui.widgets.dialogs.confirm_dialogs import CancelDialog

    CancelDialog(session, parent).open()


def ask_to_listen(session: SessionModel, parent: QWidget) -> None:
    """Tell the user what listening to `session` means for others, and let them choose."""
    from exlab_gui.widgets.dialogs.confirm_dialogs import ListenDialog

    ListenDialog(session, parent).open()


def compare(session: SessionModel, others: list[SessionModel], parent: QWidget) -> None:
    """Show how `session` compares to one of `others`, which the user may choose."""
    from exlab_gui.widgets.dialogs.compare_dialog import CompareDialog

    CompareDialog(session, others, parent).open()


def tell_shortcuts(moves: TransitionActions, parent: QWidget) -> None:
    """Show every shortcut, those of `moves` too."""
    from exlab_gui.widgets.dialogs.about import ShortcutsDialog

    ShortcutsDialog(moves, parent).open()


def tell_about(parent: QWidget) -> None:
    """Show what the program is."""
    from exlab_gui.widgets.dialogs.about import AboutDialog

    AboutDialog(parent).open()
