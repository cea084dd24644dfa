"""Buttons that filter the list of sessions by how they stand, with how many there are of each."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from exlab_gui.core.meaning import STATUS_WORDS, Meaning
from exlab_gui.core.text.translation import tr
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.badge import badge_icon
from exlab_gui.widgets.object_names import named

_COLUMNS = 2


class StatusFilter(QWidget):
    """One button per status; `chosen` gives the set of those that are checked, empty for all."""

    chosen = Signal(frozenset)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[Meaning | None, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, (meaning, word) in enumerate(STATUS_WORDS.items()):
            button = named(QPushButton(), f"sessionStatus_{word.lower()}")
            button.setCheckable(True)
            button.setProperty("role", "chip")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setIconSize(QSize(16, 16))
            button.setToolTip(
                tr(
                    "Show only sessions that are {word}, and others so chosen",
                    word=tr(word).lower(),
                )
            )
            button.toggled.connect(self._tell)
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self._buttons[meaning] = button
        theme.changed.connect(self._style)
        self.show_counts({})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._style()  # not before: the list is hidden at first

    def show_counts(self, counts: Mapping[Meaning | None, int]) -> None:
        for meaning, button in self._buttons.items():
            text = f"{tr(STATUS_WORDS[meaning])} {counts.get(meaning, 0):,}"
            if button.text() != text:
                button.setText(text)

    def _tell(self) -> None:
        self.chosen.emit(frozenset(m for m, button in self._buttons.items() if button.isChecked()))

    def _style(self) -> None:
        for meaning, button in self._buttons.items():
            button.setIcon(badge_icon(meaning, self._theme.colours))
