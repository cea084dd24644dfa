"""Exports of the shown session."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.overlay import Overlay
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.export.exporter import Exporter, Format, Replacement, Snapshot, write
from exlab_gui.export.recording import EXPORTER as SAVE
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.colours import LIGHT


class ExportActions(Controller):
    """Asks for a path, and writes the file in the background.

    `overlay` is what the diagram shows on top.
    """

    overlay: Overlay | None = None

    @classmethod
    def entries(cls) -> Iterator[Action]:
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
        snapshot = self._snapshot(session)
        kept = len(snapshot.recording.arrivals) if exporter is SAVE else 0
        self._write(
            path, partial(exporter.write, path, snapshot), partial(session.note_saved, kept)
        )

    def ask_for_coverage(self, coverage: Coverage) -> None:
        from exlab_gui.export.coverage.formats import FORMATS, Counted

        def save(path: Path) -> None:
            counted = Counted([coverage], self.context.theme.colours)
            self._write(path, partial(write, path, FORMATS, counted))

        self.context.ask_for_file(
            "Save coverage", [_filter(one) for one in FORMATS], save, new="coverage.json"
        )

    def ask(self, exporter: Exporter[Any]) -> None:
        """Ask for a path and export the shown session, or show why that is impossible."""
        snapshot = self._snapshot(self.session)
        if reason := exporter.why_not(snapshot):
            self.context.messages.show_error(reason)
        elif exporter.redacted is None:
            self._ask_for_file(exporter, partial(self.export, exporter, self.session))
        else:
            self.context.jobs.run(
                "Looking for private words",
                partial(exporter.redacted, snapshot),
                partial(self._show_words, exporter, snapshot),
            )

    def _show_words(
        self, exporter: Exporter[Any], snapshot: Snapshot, found: Sequence[Replacement]
    ) -> None:
        """Let the user see what is replaced, and add words, before a file is asked for."""
        from exlab_gui.widgets.dialogs.redact_dialog import RedactDialog

        self.context.messages.dismiss()  # they are found

        def confirmed(words: Sequence[str]) -> None:
            redacted = snapshot._replace(words=words)
            self._ask_for_file(exporter, partial(self._export, exporter, redacted))

        dialog = RedactDialog(_title(exporter), found, self.context.window)
        dialog.confirmed.connect(confirmed)
        dialog.open()

    def _ask_for_file(self, exporter: Exporter[Any], write: Callable[[Path], object]) -> None:
        kinds = [_filter(form) for form in exporter.formats]
        name = exporter.file_name(self.session.label)
        self.context.ask_for_file(_title(exporter), kinds, write, new=name)

    def _export(self, exporter: Exporter[Any], snapshot: Snapshot, path: Path) -> None:
        self._write(path, partial(exporter.write, path, snapshot))

    def _snapshot(self, session: SessionModel) -> Snapshot:
        recording = session.source.recording()
        colours = self.context.theme.colours
        overlay = self.overlay if session is self.session else None
        shown = session.shown_count
        return Snapshot(recording, shown, colours, paper=LIGHT, overlay=overlay)

    def _write(
        self,
        path: Path,
        work: Callable[[Progress], None],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        def done(_: None) -> None:
            self._show_saved(path)
            then()

        self.context.jobs.run(phrase("Writing {file}", file=file_name(path.name)), work, done)

    def _show_saved(self, path: Path) -> None:
        self.context.settings.used_file(path)
        self.context.messages.show_info(tr("Saved {file}", file=file_name(path)))


def _title(exporter: Exporter[Any]) -> str:
    return tr(exporter.text).replace("&", "").rstrip("… ")


def _filter(form: Format[Any]) -> str:
    return f"{tr(form.label)} (*{form.suffixes[0]})"
