"""Buttons that filter the list of sessions by how they stand, with how many there are of each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStyle, QWidget

from exlab_gui.core.meaning import STATUS_WORDS, Meaning
from exlab_gui.core.text.translation import tr
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.badge import badge_icon
from exlab_gui.widgets.object_names import named

if TYPE_CHECKING:
    from exlab_gui.theme.colours import Colours

_SPACING = 4

_RARE: frozenset[Meaning | None] = frozenset({"flawed", "aborted", "warning"})
"""The statuses whose buttons are shown only if a session has them."""


class StatusFilter(QWidget):
    """One button per status; `chosen` gives the set of those that are checked, empty for all.

    The buttons stand in as few rows as the width allows.
    """

    chosen = Signal(frozenset)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Mapping[Meaning | None, int] = {}
        self._buttons: dict[Meaning | None, QPushButton] = {}
        self._icons: dict[Colours, list[QIcon]] = {}  # drawing them takes 6 ms
        for meaning, word in STATUS_WORDS.items():
            button = named(QPushButton(self), f"sessionStatus_{word.lower()}")
            button.setCheckable(True)
            button.setProperty("role", "chip")
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

    def minimumSizeHint(self) -> QSize:
        return QSize(max(button.sizeHint().width() for button in self._wanted()), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._style()  # not before: the list is hidden at first

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a button has another size
            self._arrange()
        return super().event(event)

    def show_counts(self, counts: Mapping[Meaning | None, int]) -> None:
        self._counts = counts
        for meaning, button in self._buttons.items():
            text = f"{tr(STATUS_WORDS[meaning])} {counts.get(meaning, 0):,}"
            if button.text() != text:
                button.setText(text)
        self._arrange()

    def _wanted(self) -> list[QPushButton]:
        return [
            button
            for meaning, button in self._buttons.items()
            if meaning not in _RARE or self._counts.get(meaning) or button.isChecked()
        ]

    def _arrange(self) -> None:
        """Fill one row after the other, each over the whole width."""
        wanted = self._wanted()
        for button in self._buttons.values():
            button.setVisible(button in wanted)
        height = max(button.sizeHint().height() for button in wanted)
        top = 0
        for row in _rows(wanted, self.width()):
            spare = self.width() - sum(b.sizeHint().width() + _SPACING for b in row) + _SPACING
            left = 0
            for place, button in enumerate(row):
                share = spare * (place + 1) // len(row) - spare * place // len(row)
                width = button.sizeHint().width() + share
                room = QRect(left, top, width, height)
                button.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), room))
                left += width + _SPACING
            top += height + _SPACING
        self.setFixedHeight(top - _SPACING)

    def _tell(self) -> None:
        self._arrange()
        self.chosen.emit(frozenset(m for m, button in self._buttons.items() if button.isChecked()))

    def _style(self) -> None:
        colours = self._theme.colours
        if colours not in self._icons:
            self._icons[colours] = [badge_icon(meaning, colours) for meaning in self._buttons]
        for icon, button in zip(self._icons[colours], self._buttons.values(), strict=True):
            button.setIcon(icon)


def _rows(buttons: Sequence[QPushButton], width: int) -> Iterator[list[QPushButton]]:
    row: list[QPushButton] = []
    left = width
    for button in buttons:
        needed = button.sizeHint().width()
        if row and needed > left:
            yield row
            row, left = [], width
        row.append(button)
        left -= needed + _SPACING
    yield row
