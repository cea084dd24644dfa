"""The marks and lines of the diagram, and what they mean."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from exlab_gui.core.diagram_looks import Shape
from exlab_gui.core.legend import HEIGHT, LEGEND, WIDTH
from exlab_gui.core.text.translation import tr
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.steady_area import SteadyArea
from exlab_gui.widgets.diagram.shapes import draw, qt_shapes
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.object_names import named


class LegendDialog(Dialog):
    """One row per look: a sample, and what it means."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("Legend of the diagram", "legendDialog", parent)
        page = QWidget()
        rows = QGridLayout(page)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(4)
        rows.setColumnStretch(1, 1)
        for row, entry in enumerate(LEGEND):
            sample = _Sample(entry.shapes, theme)
            sample.setAccessibleName(tr(entry.look))
            rows.addWidget(sample, row, 0)
            rows.addWidget(plain_label(_capitalized(tr(entry.means)), f"legend_{row}"), row, 1)
        area = named(SteadyArea(), "legendRows", "Legend")
        area.setWidget(page)
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(page.sizeHint().width() + bar + 2 * area.frameWidth())
        self.add(area)
        self.add_close()
        self.resize(520, 620)


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Sample(QWidget):
    def __init__(self, shapes: Sequence[Shape], theme: Theme) -> None:
        super().__init__()
        self._shapes, self._theme = shapes, theme
        self.setFixedSize(QSize(int(WIDTH), int(HEIGHT)))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.surface))
        draw(painter, qt_shapes(self._shapes, colours))
        painter.end()
