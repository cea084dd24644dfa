"""Labels that show text from outside as plain text, never as markup."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QStyle, QWidget

from exlab_gui.core.meaning import Meaning
from exlab_gui.core.text.translation import told, tr
from exlab_gui.models.plain_tip import plain_tip

_LEAST_WIDTH = 240

_LONG_WORD = 12
"""A longer word may not fit into a line."""

_ENDLESS_WORD = 200
"""For a longer word Qt would try many widths, each of them by laying out all of it."""

_WIDTH_OF_ENDLESS = 480
_ANY_WIDTH = 2**24 - 1  # the widest that a widget can be


def plain_label(text: str = "", name: str = "", parent: QWidget | None = None) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    return label


def caption(text: str) -> QLabel:
    label = plain_label(tr(text))
    label.setProperty("role", "caption")
    return label


def elided(
    text: str,
    metrics: QFontMetrics,
    width: int,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """Return what of `text` fits into `width`: an ellipsis stands right behind a word."""
    cut = metrics.elidedText(text, mode, width)
    if cut == text:
        return text
    start, ellipsis, end = cut.partition("…")
    return start.rstrip() + ellipsis + end


def show_meaning(label: QLabel, meaning: Meaning | None) -> None:
    """Give `label` the colour of `meaning`, or that of other text."""
    if label.property("meaning") != meaning:
        label.setProperty("meaning", meaning)
        label.style().polish(label)  # Qt looks at the property only then


def explain(widget: QWidget, text: str) -> None:
    """Have What's this show `text` for `widget`, as plain text."""
    widget.setWhatsThis(plain_tip(tr(text)))


def form_rows(*rows: tuple[str, QWidget]) -> QFormLayout:
    form = QFormLayout()
    for text, widget in rows:
        form.addRow(plain_label(tr(text)), widget)
    return form


class SteadyLabel(QLabel):
    """A plain label for a text that changes all the time, such as a time that passes.

    Nothing around it is laid out anew for that, unless a text needs more room than it has.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._least = 0

    def keep_room_for(self, text: str) -> None:
        """Have as much room as `text` needs, at least."""
        self._least = self.fontMetrics().horizontalAdvance(text)
        self.fit()

    def fit(self) -> None:
        """Have the room of the present text."""
        hint = self.sizeHint()
        self.setFixedSize(max(hint.width(), self._least), hint.height())

    def setText(self, text: str) -> None:
        super().setText(text)
        if self.sizeHint().width() > self.maximumWidth():
            self.fit()


class ElidingLabel(QLabel):
    """A plain label of one line that never decides a width: what does not fit is left out.

    The middle is: names begin and end tellingly. Without a tool tip of its own, it has one with a
    text that does not fit.
    """

    _tips = False  # whether its tool tip is its text

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        middle = Qt.TextElideMode.ElideMiddle
        text = elided(self.text(), self.fontMetrics(), room.width(), middle)
        if self._tips or not self.toolTip():
            self._tips = text != self.text()
            self.setToolTip(plain_tip(self.text()) if self._tips else "")
        side = reading_side(painter, self.layoutDirection(), self.alignment())
        self.style().drawItemText(painter, room, int(side), self.palette(), self.isEnabled(), text)


def reading_side(
    painter: QPainter,
    direction: Qt.LayoutDirection,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> Qt.AlignmentFlag:
    """Have `painter` draw each text in its own direction; return where it is to stand.

    Texts from outside are not in the language of the window, nor are numbers with their units.
    """
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return QStyle.visualAlignment(direction, alignment) | Qt.AlignmentFlag.AlignAbsolute


class ClampedLabel(QLabel):
    """A plain label of at most `lines` lines, whatever its text: the end is left out.

    It takes the width that there is. Its tool tip has a text that does not fit.
    """

    def __init__(self, name: str = "", lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def clamp(self, lines: int) -> None:
        if lines != self.lines:
            self.lines = lines
            self.updateGeometry()
            self.update()

    def lines_for(self, width: int, most: int) -> int:
        """Return how many lines the whole text needs in this `width`; `most` if it is more."""
        rest, lines = self.text(), 1
        while lines < most and ("\n" in rest or self.fontMetrics().horizontalAdvance(rest) > width):
            rest, lines = _broken(rest, self.font(), width)[1], lines + 1
        return lines

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("…"), self.lines * metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, metrics = QPainter(self), self.fontMetrics()
        rest, width, is_cut = self.text(), self.width(), False
        side = int(reading_side(painter, self.layoutDirection()))
        for number in range(self.lines):
            if number + 1 == self.lines:
                rest = rest.replace("\n", " ")
                line = elided(rest, metrics, width)
                is_cut = line != rest
            else:
                line, rest = _broken(rest, self.font(), width)
            room = QRect(0, number * metrics.lineSpacing(), width, metrics.lineSpacing())
            self.style().drawItemText(painter, room, side, self.palette(), True, line)
        self.setToolTip(plain_tip(self.text()) if is_cut else "")


def _broken(text: str, font: QFont, width: int) -> tuple[str, str]:
    """Return what of `text` fits into a line, and the rest."""
    text, _, below = text.partition("\n")
    layout = QTextLayout(text, font)
    layout.setTextOption(_anywhere())
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        return text, below
    line.setLineWidth(width)
    layout.endLayout()
    rest = text[line.textLength() :].lstrip()
    return text[: line.textLength()].rstrip(), "\n".join(filter(None, (rest, below)))


def _anywhere() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class WrappingLabel(QLabel):
    """A plain label that breaks its lines, within a word if need be; its text can be selected."""

    _has_long_word = _has_endless_word = False

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        text = told(text)
        super().setText(text)
        longest = max(map(len, text.split()), default=0)
        self._has_long_word, self._has_endless_word = longest > _LONG_WORD, longest > _ENDLESS_WORD
        self._break_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._break_words()

    def sizeHint(self) -> QSize:
        if self._has_endless_word:
            return QSize(_WIDTH_OF_ENDLESS, self.heightForWidth(_WIDTH_OF_ENDLESS))
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        if self._has_endless_word:
            return QSize(_LEAST_WIDTH, self.heightForWidth(_ANY_WIDTH))
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _LEAST_WIDTH), least.height())

    def _break_words(self) -> None:
        """Break a word that does not fit into a line, such as a path, anywhere.

        Qt has no such setting for labels, and each layout resets that of their document.
        """
        if not self._has_long_word:
            return
        self.heightForWidth(self.width())  # lays out what has changed
        document = self.findChild(QTextDocument)
        if document is not None:
            option = document.defaultTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            document.setDefaultTextOption(option)
