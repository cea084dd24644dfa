"""How long the archive keeps recordings, and how many: kept in the settings, set in a dialog."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from exlab_gui.archive.removal import Bounds
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.settings import Settings
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

DAYS, MEBIBYTES = "archive/days", "archive/mebibytes"
DAYS_LIMITS, MEBIBYTES_LIMITS = (1, 36_500), (10, 10_000_000)
"""The least and the most that can be chosen."""

_MIB = 2**20
_WIDTH = 460


def kept_bounds(settings: Settings) -> Bounds:
    """Return the bounds from the settings, within the limits."""
    usual = Bounds()
    days = settings.number(DAYS, usual.days)
    mebibytes = settings.number(MEBIBYTES, usual.bytes / _MIB)
    return Bounds(_within(days, DAYS_LIMITS), round(_within(mebibytes, MEBIBYTES_LIMITS)) * _MIB)


class BoundsDialog(Dialog):
    """Sets the bounds of the archive in `folder`; `chosen` gives them as Bounds."""

    chosen = Signal(object)

    def __init__(self, settings: Settings, folder: Path, parent: QWidget) -> None:
        super().__init__("Archive limits", "boundsDialog", parent)
        self._settings = settings
        bounds = kept_bounds(settings)
        self._days = named(
            _number(round(bounds.days), DAYS_LIMITS, tr(" days")), "boundsDays", "Days"
        )
        self._size = named(
            _number(bounds.bytes // _MIB, MEBIBYTES_LIMITS, " MiB"), "boundsSize", "Size"
        )
        self.add(
            WrappingLabel(tr("Live sessions are recorded into {file}.", file=file_name(folder))),
            form_rows(("Keep recordings for", self._days), ("and at most", self._size)),
            WrappingLabel(
                tr(
                    "Older recordings are removed, and of more than that the oldest ones. A "
                    "recording that is being written stays."
                )
            ),
        )
        self.add_choice("Apply", "Cancel", ("endConfirm", "endReject"))
        self.resize(_WIDTH, self.sizeHint().height())
        self.accepted.connect(self._keep)

    def _keep(self) -> None:
        self._settings.keep(DAYS, self._days.value())
        self._settings.keep(MEBIBYTES, self._size.value())
        self.chosen.emit(kept_bounds(self._settings))


def _number(value: int, limits: tuple[int, int], suffix: str) -> QSpinBox:
    box = QSpinBox(suffix=suffix)
    box.setGroupSeparatorShown(True)
    box.setRange(*limits)
    box.setValue(value)
    return box


def _within(value: float, limits: tuple[int, int]) -> float:
    return min(max(value, limits[0]), limits[1])
