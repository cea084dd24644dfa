"""The light and the dark theme of the application."""

from enum import StrEnum
from string import Template

from msgspec.structs import asdict
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from exlab_gui import paths
from exlab_gui.theme.colours import DARK, LIGHT, Colours
from exlab_gui.theme.palette import make_palette


class ThemeChoice(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Applies the chosen or the system's theme to `app`.

    Custom painting reads `colours`, and repaints on `changed`.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = ThemeChoice(choice)
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.setColorScheme(_SCHEMES[self._choice])
        self._scheme = hints.colorScheme()
        self._apply(self._wanted())
        hints.colorSchemeChanged.connect(self._follow)

    @property
    def colours(self) -> Colours:
        return self._colours

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    def choose(self, choice: str) -> None:
        """Apply ``system``, ``light`` or ``dark``; raise ValueError for anything else."""
        self._choice = ThemeChoice(choice)
        # Also for the title bar and the dialogs of the system.
        hints = self._app.styleHints()
        hints.setColorScheme(_SCHEMES[self._choice])
        self._follow(hints.colorScheme())

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        colours = self._wanted()
        if colours is not self._colours:
            self._apply(colours)
            self.changed.emit()

    def _wanted(self) -> Colours:
        scheme = _SCHEMES[self._choice]
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._scheme
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT

    def _apply(self, colours: Colours) -> None:
        self._colours = colours
        self._app.setPalette(make_palette(colours))
        self._app.setStyleSheet(_style_sheet(colours))


def _style_sheet(colours: Colours) -> str:
    qss = paths.resources() / "qss"
    rules = Template((qss / "window.qss").read_text(encoding="utf-8"))
    scheme = ThemeChoice.DARK if colours is DARK else ThemeChoice.LIGHT
    return rules.substitute(asdict(colours), qss=qss.as_posix(), scheme=scheme)
