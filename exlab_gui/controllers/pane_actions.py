"""Which panes are open, and where they stand; the way to the question."""

from PySide6.QtWidgets import QAbstractItemView, QMenu

from exlab_gui.controllers.action import Action, Controller, Submenu
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.translation import phrase, tr, translatable
from exlab_gui.widgets.form.input_form import InputForm
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.panes.places import Pane, PanePlaces, Place

_PLACES = translatable(
    {
        Place.HOME: "To its place",
        Place.LEFT: "To the left edge",
        Place.RIGHT: "To the right edge",
        Place.TOP: "To the top edge",
        Place.BOTTOM: "To the bottom edge",
        Place.WINDOW: "To a window of its own",
    }
)


class PaneActions(Controller):
    """Opens, closes and moves the panes of the centre, and leads to the question."""

    def __init__(
        self,
        context: ActionContext,
        places: PanePlaces,
        form: InputForm,
        sessions: QAbstractItemView,
    ) -> None:
        super().__init__(context)
        self._places = places
        self._form = form
        # A double click on a session that waits, or Enter, is for its question.
        sessions.activated.connect(lambda _: context.actions["actionAnswer"].trigger())

    def _why_no_answer(self) -> str | None:
        asks = self.session.pending_input is not None and not self.session.is_past
        return None if asks else phrase("The session does not ask for anything now")

    @Action("actionAnswer", "Go to &question", "Ctrl+G", "View", 1, why_not=_why_no_answer)
    def _answer(self) -> None:
        """Type into the first field of the question."""
        self._places.open("question")
        self._form.take_focus()

    @Submenu("menuPanes", "Pa&nes", "View", 4)
    def fill(self, menu: QMenu) -> None:
        """Offer to open or close each pane, and below to move it."""
        for pane in self._places.panes:
            if pane.closable:
                entry = named(menu.addAction(tr(pane.title)), f"pane_{pane.name}")
                entry.setCheckable(True)
                entry.setChecked(self._places.is_open(pane.name))
                entry.triggered.connect(lambda on, name=pane.name: self._places.open(name, on))
        menu.addSeparator()
        for pane in self._places.panes:
            self._offer_places(menu, pane)

    def _offer_places(self, menu: QMenu, pane: Pane) -> None:
        title = tr(pane.moving)
        places = named(menu.addMenu(title), f"move_{pane.name}")
        for place, text in _PLACES.items():
            entry = named(places.addAction(tr(text)), f"move_{pane.name}_{place.value}")
            entry.setCheckable(True)
            entry.setChecked(self._places.place(pane.name) is place)
            entry.triggered.connect(lambda _, to=place: self._places.move(pane.name, to))
