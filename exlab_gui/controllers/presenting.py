"""The presentation for an audience, and the keys of a presenter's remote control."""

from PySide6.QtCore import Signal

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.commands import StepOnce
from exlab_gui.widgets.presenting.presentation import BlankScreen

_NOT_PRESENTING = phrase("Start the presentation first")


class Presenting(Controller):
    """Starts and ends the presentation, which `presented` tells, and steps in it."""

    presented = Signal(bool)

    def __init__(self, context: ActionContext) -> None:
        super().__init__(context)
        self.presenting = False
        self._blank = BlankScreen(context.window)

    def present(self, presenting: bool) -> None:
        if presenting is not self.presenting:
            self.presenting = presenting
            self._blank.hide()
            self.presented.emit(presenting)
            self.context.refresh()

    def end(self) -> None:
        """Show the blank screen no more, or end the presentation."""
        if self._blank.isVisible():
            self._blank.hide()
        else:
            self.present(False)

    def _not_presenting(self) -> str | None:
        return None if self.presenting else _NOT_PRESENTING

    def _why_no_next(self) -> str | None:
        if not self.presenting:
            return _NOT_PRESENTING
        if self._blank.isVisible() or self.session.position is not None:
            return None
        return self.session.why_not(StepOnce())

    def _why_no_previous(self) -> str | None:
        if not self.presenting:
            return _NOT_PRESENTING
        first = self.session.shown_count == 1 and not self._blank.isVisible()
        return phrase("The window shows the first event") if first else None

    @Action(
        "actionPresentation",
        "&Fill the screen",
        "F11",
        "Presentation",
        1,
        checked=lambda c: c.presenting,
        icon="presentation",
        mac="Ctrl+Meta+F",
    )
    def _toggle(self) -> None:
        """Enlarge what an audience reads to the whole screen."""
        self.present(not self.presenting)

    @Action("actionPresentNext", "&Next step", "PgDown", "Presentation", 2, why_not=_why_no_next)
    def _next(self) -> None:
        """Show the next event, or run the next step, while presenting."""
        if self._blank.isVisible():
            self._blank.hide()
        elif self.session.position is not None:
            self.session.go_to(self.session.shown_count + 1)
        else:
            self.session.request(StepOnce())

    @Action(
        "actionPresentPrevious",
        "&Previous step",
        "PgUp",
        "Presentation",
        2,
        why_not=_why_no_previous,
    )
    def _previous(self) -> None:
        """Show the previous event while presenting."""
        if self._blank.isVisible():
            self._blank.hide()
        else:
            self.session.go_to(max(self.session.shown_count - 1, 1))

    @Action(
        "actionBlank", "&Blank screen", "B", "Presentation", 2, why_not=_not_presenting, also="."
    )
    def _toggle_blank(self) -> None:
        """Cover the screen, or show it again, while presenting."""
        if self._blank.isVisible():
            self._blank.hide()
        else:
            self._blank.cover()
