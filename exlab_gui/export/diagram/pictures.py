"""The diagram as PNG and as PDF: the SVG, drawn by Qt. No display is needed, but an application."""

from typing import BinaryIO

from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.pictures import png


def write_png(drawing: Drawing, file: BinaryIO) -> None:
    png.write_png(to_svg(drawing), file)


def write_pdf(drawing: Drawing, file: BinaryIO) -> None:
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
    from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
    from PySide6.QtSvg import QSvgRenderer

    drawn = QSvgRenderer(to_svg(drawing).encode())
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
