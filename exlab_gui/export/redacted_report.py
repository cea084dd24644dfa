"""The report of a session without the words that are nobody else's business."""

from typing import BinaryIO

from exlab_gui.core.progress import Progress
from exlab_gui.export.atomic_file import as_text
from exlab_gui.export.exporter import Exporter, Format, Snapshot
from exlab_gui.export.report import write_report


def _write(session: Snapshot, file: BinaryIO, progress: Progress) -> None:
    from exlab_gui.export.redact import redact  # with its first use: its patterns take time

    redacted = redact(session.recording, progress)
    with as_text(file) as text:
        write_report(text, redacted, session.colours, progress)


EXPORTER = Exporter(
    action="actionExportRedacted",
    text="Export reda&cted report…",
    keys="Ctrl+Shift+H",
    tip="Save a report with placeholders for operators, paths, labels and answers",
    file_name=lambda _: "report.html",
    formats=(Format("HTML", (".html",), _write),),
    take=lambda session: session,
)
