"""A line to type in, and below it the commands that have these words."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.models.command_table import PaletteTable
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import ClampedLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import RowTable

_LONGEST = 200
_KEYS_OF_THE_TABLE = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_GAP = 16


class PaletteDialog(Dialog):
    """Does the command that is chosen with the arrow keys, or clicked; at first, the first one.

    The line keeps the focus. Its description is the chosen command, which screen readers tell.
    """

    def __init__(self, commands: PaletteTable, parent: QWidget) -> None:
        super().__init__("Command palette", "paletteDialog", parent)
        self._commands = commands
        commands.setParent(self)
        self._line = named(QLineEdit(), "paletteLine", "Words of a command")
        self._line.setPlaceholderText(tr("Words of a command, state, session or pane"))
        self._line.setMaxLength(_LONGEST)
        self._table = named(RowTable(commands), "paletteTable", "Commands")
        self._table.empty_text = tr(
            "No command, state, session or pane has all of these words. Try fewer."
        )
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header, metrics = self._table.horizontalHeader(), self._table.fontMetrics()
        header.hide()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            widest = max(map(metrics.horizontalAdvance, commands.texts(column)), default=0)
            header.resizeSection(column, widest + _GAP)
        self._told = ClampedLabel("paletteTold", lines=2)
        self._line.textChanged.connect(self._find)
        self._table.clicked.connect(self._do)
        self._table.selectionModel().currentRowChanged.connect(self._tell)
        self.add(self._line, self._table, self._told)
        self.add_close()
        self._find("")
        self.resize(680, 440)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS_OF_THE_TABLE:
            self._table.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._do(self._table.currentIndex())
        else:
            super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        self._commands.show_only(text)
        self._table.setCurrentIndex(self._commands.index(0, 0))
        self._tell()

    def _tell(self) -> None:
        """Say what the chosen command does, or why it cannot be done."""
        command = self._commands.command(self._table.currentIndex().row())
        self._told.setText(command.tip or command.title if command else "")
        self._line.setAccessibleDescription(command.told if command else self._table.empty_text)

    def _do(self, index: QModelIndex) -> None:
        command = self._commands.command(index.row())
        if command is not None and command.is_enabled:
            self.accept()  # at first: the command may give the focus to a pane
            command.do()
