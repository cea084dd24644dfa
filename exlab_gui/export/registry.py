"""Every export of a session, in the order of the menu."""

from typing import Any

from exlab_gui.export import log, pytest_source, recording, redacted_report, report, xes
from exlab_gui.export.diagram import formats as diagram
from exlab_gui.export.exporter import Exporter

EXPORTERS: tuple[Exporter[Any], ...] = (
    recording.EXPORTER,
    pytest_source.EXPORTER,
    log.EXPORTER,
    diagram.EXPORTER,
    xes.EXPORTER,
    report.EXPORTER,
    redacted_report.EXPORTER,
)
