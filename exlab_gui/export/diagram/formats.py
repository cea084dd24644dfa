"""The formats of the diagram, and its export from the window; writers are imported when used."""

from typing import TYPE_CHECKING, BinaryIO

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.progress import Progress
from exlab_gui.export.exporter import Exporter, Format, Snapshot, text_format

if TYPE_CHECKING:
    from exlab_gui.export.diagram.drawing import Drawing


def _svg(drawing: "Drawing") -> str:
    from exlab_gui.export.diagram.svg import to_svg

    return to_svg(drawing)


def _png(drawing: "Drawing", file: BinaryIO, _progress: Progress) -> None:
    from exlab_gui.export.diagram.pictures import write_png

    write_png(drawing, file)


def _pdf(drawing: "Drawing", file: BinaryIO, _progress: Progress) -> None:
    from exlab_gui.export.diagram.pictures import write_pdf

    write_pdf(drawing, file)


def _mermaid(drawing: "Drawing") -> str:
    from exlab_gui.export.diagram.mermaid import to_mermaid

    return to_mermaid(drawing.machine, drawing.current, drawing.path)


def _dot(drawing: "Drawing") -> str:
    from exlab_gui.export.diagram.dot import to_dot

    return to_dot(drawing.machine, drawing.current, drawing.path)


SVG = text_format("SVG", (".svg",), _svg)
PDF = Format("PDF", (".pdf",), _pdf, needs_qt=True)

FORMATS: "tuple[Format[Drawing], ...]" = (
    SVG,
    Format("PNG", (".png",), _png, needs_qt=True),
    PDF,
    text_format("Mermaid", (".mmd", ".mermaid"), _mermaid, "mermaid"),
    text_format("DOT for Graphviz", (".dot", ".gv"), _dot),
)


def _take(session: Snapshot, progress: Progress) -> "Drawing":
    from exlab_gui.export.diagram.drawing import drawing_of

    recording = session.recording
    visits = StateHistory(recording.machine, recording.events, progress)
    title = f"Session {recording.header.label}"
    return drawing_of(visits, session.colours, session.position, title, session.overlay)


EXPORTER = Exporter(
    action="actionExportDiagram",
    text="Export &diagram…",
    keys="Ctrl+D",
    tip="Save the diagram as a picture or as text",
    file_name="{}.svg".format,
    formats=FORMATS,
    take=_take,
    icon="export-diagram",
)
