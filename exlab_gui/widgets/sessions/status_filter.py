"""Buttons that filter the list of sessions by how they stand, with how many there are of each."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from exlab_gui.core.meaning import STATUS_WORDS, Meaning
from exlab_gui.core.text.translation import tr
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.badge import badge_icon
from exlab_gui.widgets.object_names import named

_COLUMNS, _SPACING = 2, 4


class StatusFilter(QWidget):
    """One button per status; `chosen` gives the set of those that are checked, empty for all."""

    chosen = Signal(frozenset)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[Meaning | None, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        self._columns = 0
        for meaning, word in STATUS_WORDS.items():
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
            self._buttons[meaning] = button
        theme.changed.connect(self._style)
        self.show_counts({})
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._style()  # not before: the list is hidden at first

    def show_counts(self, counts: Mapping[Meaning | None, int]) -> None:
        for meaning, button in self._buttons.items():
            text = f"{tr(STATUS_WORDS[meaning])} {counts.get(meaning, 0):,}"
            if button.text() != text:
                button.setText(text)
        self._arrange()

    def _widest(self) -> int:
        return max(button.sizeHint().width() for button in self._buttons.values())

    def _arrange(self) -> None:
        """Put the buttons into two columns, or into one if two do not fit."""
        columns = _COLUMNS if self.width() >= _COLUMNS * self._widest() + _SPACING else 1
        if columns != self._columns:
            self._columns = columns
            for place, button in enumerate(self._buttons.values()):
                self._grid.addWidget(button, place // columns, place % columns)

    def _tell(self) -> None:
        self.chosen.emit(frozenset(m for m, button in self._buttons.items() if button.isChecked()))

    def _style(self) -> None:
        for meaning, button in self._buttons.items():
            button.setIcon(badge_icon(meaning, self._theme.colours))
