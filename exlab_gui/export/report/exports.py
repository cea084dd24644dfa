"""The format of the report, and its export from the window; its writer is imported when used."""

from typing import BinaryIO

from exlab_gui.core.progress import Progress
from exlab_gui.export.atomic_file import as_text
from exlab_gui.export.exporter import Exporter, Format, Snapshot


def _write(session: Snapshot, file: BinaryIO, progress: Progress) -> None:
    from exlab_gui.export.report.page import write_report

    with as_text(file) as text:
        write_report(text, session.recording, session.colours, progress, session.paper)


HTML = Format("HTML", (".html",), _write)

EXPORTER = Exporter(
    action="actionExportReport",
    text="Export re&port…",
    keys="Ctrl+Shift+E",
    tip="Save an HTML report of the session",
    file_name=lambda _: "report.html",
    formats=(HTML,),
    take=lambda session, _: session,
)
