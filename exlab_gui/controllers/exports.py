"""Exports: files that the window writes for others, of the session that is shown."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.export.coverage import COVERAGE
from exlab_gui.export.exporter import Exporter, Format, Snapshot, write
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.models.session_model import SessionModel


class ExportActions(Controller):
    """Asks where a file is to go, and writes it beside the window."""

    @classmethod
    def entries(cls) -> Iterator[Action]:
        """Yield an action for each export."""
        for export in EXPORTERS:
            yield Action(
                export.action,
                export.text,
                export.keys,
                "Trace",
                export.group,
                icon=export.icon,
                tip=export.tip,
                do=partial(cls.ask, exporter=export),
            )

    def export(self, exporter: Exporter[Any], session: SessionModel, path: Path) -> None:
        """Write `session`, as it is shown now, to `path`."""
        self._write(path, partial(exporter.write, path, self._snapshot(session)))

    def ask_for_coverage(self, coverage: Coverage) -> None:
        """Let the user say where `coverage` is to be saved, and save it."""

        def save(path: Path) -> None:
            self._write(path, partial(write, path, [COVERAGE], coverage))

        self.context.ask_for_file("Save coverage", [_filter(COVERAGE)], save, new="coverage.json")

    def ask(self, exporter: Exporter[Any]) -> None:
        """Let the user say where the shown session is to be written; or say why it cannot be."""
        session = self.session
        if reason := exporter.why_not(self._snapshot(session)):
            self.context.messages.show_error(reason)
            return
        self.context.ask_for_file(
            exporter.text.replace("&", "").rstrip("…"),
            [_filter(form) for form in exporter.formats],
            partial(self.export, exporter, session),
            new=exporter.file_name(session.label),
        )

    def _snapshot(self, session: SessionModel) -> Snapshot:
        recording = session.source.recording()
        return Snapshot(recording, session.shown_count, self.context.theme.colours)

    def _write(self, path: Path, work: Callable[[Progress], None]) -> None:
        self.context.jobs.run(f"Writing {file_name(path.name)}", work, lambda _: self._tell(path))

    def _tell(self, path: Path) -> None:
        self.context.settings.used_file(path)
        self.context.messages.show_info(f"Saved {file_name(path)}")


def _filter(form: Format[Any]) -> str:
    return f"{form.label} (*{form.suffixes[0]})"
