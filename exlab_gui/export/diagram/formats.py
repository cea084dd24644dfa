"""The formats of the diagram, and its export from the window."""

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.progress import Progress
from exlab_gui.export.diagram.dot import DOT
from exlab_gui.export.diagram.drawing import Drawing, drawing_of
from exlab_gui.export.diagram.mermaid import MERMAID
from exlab_gui.export.diagram.pictures import PDF, PNG
from exlab_gui.export.diagram.svg import SVG
from exlab_gui.export.exporter import Exporter, Format, Snapshot

FORMATS: tuple[Format[Drawing], ...] = (SVG, PNG, PDF, MERMAID, DOT)


def _take(session: Snapshot, progress: Progress) -> Drawing:
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
