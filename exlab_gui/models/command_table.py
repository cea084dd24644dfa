"""What can be done in the window, found by any words of it."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QGuiApplication

from exlab_gui.core.text.translation import tr
from exlab_gui.models.cells import ACCESSIBLE, DISPLAY, FOREGROUND, ROOT, TOOL_TIP, Index
from exlab_gui.models.plain_tip import plain_tip

COLUMNS = 3


class Command(NamedTuple):
    """Something that `do` does, as the palette shows it."""

    title: str
    where: str
    """The menu or the list where it is found, too."""

    keys: str
    tip: str
    """What it does, or why it cannot be done now."""

    is_enabled: bool
    do: Callable[[], object]
    also: str = ""
    """Other words by which it is found."""

    @property
    def told(self) -> str:
        """All of it in one text, as a screen reader reads it."""
        title = self.title if self.is_enabled else tr("{title}, disabled", title=self.title)
        return ". ".join(filter(None, (title, self.tip, self.keys, self.where)))


class PaletteTable(QAbstractTableModel):
    """The commands that have all the words, the best first."""

    def __init__(self, commands: Iterable[Command], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = [(one, _words(one)) for one in commands]
        self._shown = [one for one, _ in self._all]

    def show_only(self, text: str) -> None:
        """Show the commands that have each word of `text`, in any order and anywhere."""
        words = text.casefold().split()
        found = [
            (_rank(command, words), place, command)
            for place, (command, all_words) in enumerate(self._all)
            if all(word in all_words for word in words)
        ]
        self.beginResetModel()
        self._shown = [command for _, _, command in sorted(found, key=lambda one: one[:2])]
        self.endResetModel()

    def command(self, row: int) -> Command | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def texts(self, column: int) -> set[str]:
        """Return the different texts of all commands in a column."""
        return {str(command[column]) for command, _ in self._all}

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != DISPLAY:
            return None
        return (tr("Command"), tr("Where"), tr("Keys"))[section]

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        command = self.command(index.row())
        if command is None:
            return None
        if role == DISPLAY:
            return command[index.column()]
        if role == ACCESSIBLE:
            return command.told if index.column() == 0 else command[index.column()]
        if role == TOOL_TIP:
            return plain_tip(command.tip or command.title)
        if role == FOREGROUND and not command.is_enabled:
            return QGuiApplication.palette().placeholderText()
        return None


def _words(command: Command) -> str:
    texts = command.title, command.where, command.keys, command.tip, command.also
    return "\n".join(texts).casefold()


def _rank(command: Command, words: list[str]) -> int:
    """Return how far from the title the words are, the best least; what is disabled comes later."""
    title = command.title.casefold()
    starts = f" {title}"
    if words and title.startswith(words[0]) and all(f" {word}" in starts for word in words):
        rank = 0
    elif all(f" {word}" in starts for word in words):
        rank = 1
    else:
        rank = 2 if all(word in title for word in words) else 3
    return 2 * rank + (not command.is_enabled) if words else 0
