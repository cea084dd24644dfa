"""The steps of a traced test, beside the sessions that it drove."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import tr
from exlab_gui.core.traced_test import Step, Trace
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named

_LONGEST = 2_000


class StepsPane(QWidget):
    """The steps in a list; below it the chosen one, with the picture before or after it.

    `chosen` gives the number of the step that is chosen, from 0.
    """

    chosen = Signal(int)

    def __init__(self, trace: Trace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trace = trace
        self.list = named(QListWidget(), "stepsList", "Steps of the test")
        for number, step in enumerate(trace.test.steps, 1):
            mark = "✕ " if step.error else ""
            self.list.addItem(sanitize(f"{number}. {mark}{step.call}", _LONGEST))
        self._details = WrappingLabel(name="stepDetails")
        self._picture = _Picture()
        self._after = self._switch()
        column = QVBoxLayout(self)
        column.addWidget(
            WrappingLabel(sanitize(f"{trace.test.test}: {trace.test.outcome}", _LONGEST))
        )
        column.addWidget(self.list, 2)
        column.addWidget(self._details)
        row = QHBoxLayout()
        for button in self._after.buttons():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._picture, 3)
        self.list.currentRowChanged.connect(self._choose)

    def choose_last(self) -> None:
        """Choose the last step: that is the one that failed."""
        self.list.setCurrentRow(self.list.count() - 1)

    def _switch(self) -> QButtonGroup:
        """Return the buttons for the picture before and after the step; one is checked."""
        group = QButtonGroup(self)
        for number, (text, name) in enumerate(
            ((tr("Before"), "stepBefore"), (tr("After"), "stepAfter"))
        ):
            button = named(QToolButton(), name)
            button.setText(text)
            button.setCheckable(True)
            group.addButton(button, number)
        group.button(1).setChecked(True)
        group.idToggled.connect(lambda *_: self._show_picture())
        return group

    def _choose(self, row: int) -> None:
        step = self._trace.test.steps[row]
        self._details.setText("\n".join(_details(step)))
        self._show_picture()
        self.chosen.emit(row)

    def _show_picture(self) -> None:
        row = self.list.currentRow()
        names = self._trace.test.steps[row].pictures if row >= 0 else ()
        picture = QPixmap()
        if names:
            wanted = names[min(self._after.checkedId(), len(names) - 1)]
            picture.loadFromData(self._trace.pictures.get(wanted, b""))
        self._picture.show_picture(picture)


class _Picture(QWidget):
    """A picture as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "stepPicture", "Picture of the window")
        self.setToolTip(tr("Click to see it in its own size"))
        self.setMinimumSize(240, 150)
        self._picture = QPixmap()

    def show_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the picture in its own size, in a window of its own."""
        if event.button() is Qt.MouseButton.LeftButton and not self.isWindow():
            own = _Picture(self)
            own.setWindowFlag(Qt.WindowType.Window)
            own.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            own.setObjectName("stepPictureWindow")
            own.show_picture(self._picture)
            own.resize(self._picture.size())
            own.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRect(self.rect().topLeft(), size), self._picture)


def _details(step: Step) -> list[str]:
    """Return where the step is in the test, and what came of it."""
    lines = [step.code, f"{step.file}:{step.line}"] if step.code else []
    lines.append(
        tr(
            "{began:.2f} s, took {lasted:.2f} s; state {state}",
            began=step.began_s,
            lasted=step.lasted_s,
            state=step.state,
        )
    )
    lines += [tr("Message: {message}", message=step.message)] * bool(step.message)
    lines += [*step.notes, *step.error.splitlines()[:12]]
    return [sanitize(line, _LONGEST) for line in lines]
