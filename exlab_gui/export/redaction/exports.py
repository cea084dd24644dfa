"""Redacted exports: a session without the words that are nobody else's business."""

from collections.abc import Sequence
from typing import BinaryIO

from exlab_gui.core.progress import Progress
from exlab_gui.core.trace import ENDING
from exlab_gui.export import recording
from exlab_gui.export.exporter import Exporter, Format, Replacement, Snapshot
from exlab_gui.export.report import exports as report


def _redacted(session: Snapshot, progress: Progress) -> Snapshot:
    from exlab_gui.export.redaction.redact import redact  # with its first use: it takes time

    return session._replace(recording=redact(session.recording, session.words, progress))


def _words(session: Snapshot, progress: Progress) -> Sequence[Replacement]:
    from exlab_gui.export.redaction.redact import private_words

    return private_words(session.recording, progress)


def _write_report(session: Snapshot, file: BinaryIO, progress: Progress) -> None:
    report.HTML.write(_redacted(session, progress), file, progress)


def _write_recording(session: Snapshot, file: BinaryIO, progress: Progress) -> None:
    recording.RECORDING.write(_redacted(session, progress).recording, file, progress)


REPORT = Exporter(
    action="actionExportRedacted",
    text="Export reda&cted report…",
    keys="Ctrl+Shift+H",
    tip="Save a report with placeholders for whatever may be private",
    file_name=lambda _: "report.html",
    formats=(Format("HTML", report.HTML.suffixes, _write_report),),
    take=lambda session, _: session,
    redacted=_words,
)

REDACTED_RECORDING = Exporter(
    action="actionExportRedactedRecording",
    text="Export redacted recordin&g…",
    keys="Ctrl+Shift+J",
    tip="Save a recording with placeholders for whatever may be private",
    file_name=lambda _: f"redacted{ENDING}",
    formats=(Format("Recordings", recording.RECORDING.suffixes, _write_recording),),
    take=lambda session, _: session,
    redacted=_words,
)
