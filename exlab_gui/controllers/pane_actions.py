"""Which panes are open, and where they stand."""

from PySide6.QtWidgets import QMenu

from exlab_gui.controllers.action import Controller, Submenu
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.translation import tr, translatable
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
    """Opens, closes and moves the panes of the centre."""

    def __init__(self, context: ActionContext, places: PanePlaces) -> None:
        super().__init__(context)
        self._places = places

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
