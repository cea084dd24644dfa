"""The diagram as a file, in the form that the file's ending names.

Only pictures made of pixels, and PDF, need Qt, and no display for that either.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus, Uncertain
from exlab_gui.core.layout.style import PictureColours
from exlab_gui.core.machine import Edge, StateMachine
from exlab_gui.export.dot import to_dot
from exlab_gui.export.mermaid import to_mermaid
from exlab_gui.export.svg import to_svg

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

ENDINGS = (".svg", ".png", ".pdf", ".mmd", ".mermaid", ".dot", ".gv")
"""How the name of a file with the diagram may end."""

_SCALE = 2.0
"""Pixels of a PNG for each unit of the drawing: enough for print and for sharp screens."""


def save_diagram(
    path: Path,
    machine: StateMachine,
    colours: PictureColours,
    *,
    states: Mapping[str, StateStatus],
    edges: Mapping[Edge, EdgeStatus],
    uncertain: Uncertain | None = None,
) -> None:
    """Write `machine` to `path`, in the form that its ending names.

    The rest is as for `diagram_bytes`. Raises OSError where the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"{path.name}: a diagram's name ends in one of {', '.join(ENDINGS)}")
    path.write_bytes(
        diagram_bytes(ending, machine, colours, states=states, edges=edges, uncertain=uncertain)
    )


def diagram_bytes(
    ending: str,
    machine: StateMachine,
    colours: PictureColours,
    *,
    states: Mapping[str, StateStatus],
    edges: Mapping[Edge, EdgeStatus],
    uncertain: Uncertain | None = None,
) -> bytes:
    """Return `machine` as a file with this ending, where `states` and `edges` say how each stands.

    `uncertain` says what of that was not observed. Mermaid and DOT show the current state only. PNG
    and PDF need a QGuiApplication. Raises ValueError for an ending that is not among `ENDINGS`.
    """
    current = next((s for s, status in states.items() if status is StateStatus.CURRENT), None)
    match ending:
        case ".mmd" | ".mermaid":
            return to_mermaid(machine, current).encode()
        case ".dot" | ".gv":
            return to_dot(machine, current).encode()
    svg = to_svg(machine, colours, states=states, edges=edges, uncertain=uncertain)
    match ending:
        case ".svg":
            return svg.encode()
        case ".png":
            return _png(svg)
        case ".pdf":
            return _pdf(svg)
    raise ValueError(f"{ending} is not among {', '.join(ENDINGS)}")


def _png(svg: str) -> bytes:
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter

    drawing = _renderer(svg)
    image = QImage(drawing.defaultSize() * _SCALE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)  # else it shows what was in the memory before
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub takes bytes, Qt a name
    return bytes(buffer.data().data())


def _pdf(svg: str) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
    from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

    drawing = _renderer(svg)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    page = QPdfWriter(buffer)
    page.setTitle("State machine")
    page.setPageSize(QPageSize(QSizeF(drawing.defaultSize()), QPageSize.Unit.Point))
    page.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(page)
    drawing.render(painter)
    painter.end()
    return bytes(buffer.data().data())


def _renderer(svg: str) -> "QSvgRenderer":
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(svg.encode())
