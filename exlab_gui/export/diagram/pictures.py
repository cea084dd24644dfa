"""The diagram as PNG and as PDF: the SVG, drawn by Qt. No display is needed, but an application."""

from typing import TYPE_CHECKING, BinaryIO

from exlab_gui.core.progress import Progress
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.exporter import Format

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_SCALE = 2.0
"""Pixels of a PNG for each unit of the drawing: enough for print and for sharp screens."""

_DOTS_PER_METRE = 96 / 0.0254


def _write_png(drawing: Drawing, file: BinaryIO, _progress: Progress) -> None:
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter

    drawn = _renderer(drawing)
    image = QImage(drawn.defaultSize() * _SCALE, QImage.Format.Format_ARGB32)
    dots = round(_SCALE * _DOTS_PER_METRE)  # in a document it is as large as the drawing
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    image.fill(Qt.GlobalColor.transparent)  # else it shows what was in the memory before
    painter = QPainter(image)
    drawn.render(painter)
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub takes bytes, Qt a name
    file.write(buffer.data().data())


def _write_pdf(drawing: Drawing, file: BinaryIO, _progress: Progress) -> None:
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
    from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

    drawn = _renderer(drawing)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    page = QPdfWriter(buffer)
    page.setTitle(drawing.title)
    page.setPageSize(QPageSize(QSizeF(drawn.defaultSize()), QPageSize.Unit.Point))
    page.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(page)
    drawn.render(painter)
    painter.end()
    file.write(buffer.data().data())


def _renderer(drawing: Drawing) -> "QSvgRenderer":
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(to_svg(drawing).encode())


PNG = Format("PNG", (".png",), _write_png, needs_qt=True)
PDF = Format("PDF", (".pdf",), _write_pdf, needs_qt=True)
