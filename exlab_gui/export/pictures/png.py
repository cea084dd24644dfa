"""A picture as PNG: its SVG, drawn by Qt. No display is needed, but an application."""

from typing import BinaryIO

_SCALE = 2.0
"""Pixels of a PNG for each unit of the drawing: enough for print and for sharp screens."""

_DOTS_PER_METRE = 96 / 0.0254


def write_png(svg: str, file: BinaryIO) -> None:
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawn = QSvgRenderer(svg.encode())
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
