"""Help in the window: first steps, legend, and what each pane is for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWhatsThis, QWidget

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext

_WELCOMED = "window/welcomed"


class HelpActions(Controller):
    """Explains the window; `demo_wanted` if the user wants to see a demo."""

    demo_wanted = Signal()

    def __init__(self, context: ActionContext, around: QWidget) -> None:
        super().__init__(context)
        self._around = around

    def welcome_once(self) -> None:
        """Show the first steps, unless they were shown in an earlier run."""
        if self.context.settings.text(_WELCOMED) != "yes":
            self.context.settings.keep(_WELCOMED, "yes")
            self._show_first_steps()

    def end_welcome(self) -> bool:
        """Close the first steps; return whether they were shown."""
        cards = self._around.findChildren(QFrame, "welcomeCard")
        for card in cards:
            card.hide()
            card.deleteLater()
        return bool(cards)

    @Action("actionFirstSteps", "&First steps", "Ctrl+F1", "Help", 1)
    def _show_first_steps(self) -> None:
        """Say what the window is for, and offer a demo."""
        from exlab_gui.widgets.welcome_card import WelcomeCard

        self.end_welcome()
        card = WelcomeCard(self._around)
        card.demo.connect(self.demo_wanted)
        card.connect_wanted.connect(self.context.actions["actionConnect"].trigger)
        card.show()
        card.raise_()

    @Action("actionLegend", "Le&gend of the diagram", "Ctrl+Shift+F4", "Help", 1)
    def _show_legend(self) -> None:
        """Say what the marks and lines of the diagram mean."""
        from exlab_gui.widgets.dialogs.legend_dialog import LegendDialog

        LegendDialog(self.context.theme, self.context.window).open()

    @Action("actionWhatsThis", "&What's this?", "Alt+F1", "Help", 1)
    def _explain(self) -> None:
        """Explain the pane that is clicked next."""
        QWhatsThis.enterWhatsThisMode()
