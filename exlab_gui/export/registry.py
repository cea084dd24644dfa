"""Every export of a session, in the order of the menu."""

from typing import Any

from exlab_gui.export import as_test, log, recording, sequence, xes
from exlab_gui.export.diagram import formats as diagram
from exlab_gui.export.exporter import Exporter
from exlab_gui.export.redaction import exports as redacted
from exlab_gui.export.report import exports as report

EXPORTERS: tuple[Exporter[Any], ...] = (
    recording.EXPORTER,
    as_test.EXPORTER,
    log.EXPORTER,
    diagram.EXPORTER,
    sequence.EXPORTER,
    xes.EXPORTER,
    report.EXPORTER,
    redacted.REPORT,
    redacted.REDACTED_RECORDING,
)
