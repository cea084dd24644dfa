"""The themes of the application: light, dark, and both with high contrast."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from string import Template

from msgspec.structs import asdict
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from exlab_gui import paths
from exlab_gui.theme.colours import DARK, LIGHT, Colours
from exlab_gui.theme.high_contrast import HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT
from exlab_gui.theme.palette import make_palette


class ThemeChoice(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.CONTRAST: Qt.ColorScheme.Unknown,
}


class Theme(QObject):
    """Applies the chosen or the system's theme to `app`; high contrast, if the system asks for it.

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
        self._contrast = _wants_contrast(hints)
        self._steps: Iterator[None] = iter(())
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        self._held: list[QWidget] = []
        for _ in self._styling(self._wanted()):
            pass
        hints.colorSchemeChanged.connect(self._follow)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_contrast)

    @property
    def colours(self) -> Colours:
        return self._colours

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    @contextmanager
    def styling_once(self) -> Iterator[None]:
        """Style the widgets that the block makes at its end.

        Otherwise Qt would style each anew whenever one of its ancestors gets a parent. Sizes that
        depend on the style are to be asked for after the block.
        """
        self._app.setStyleSheet("")
        try:
            yield
        finally:
            self._app.setStyleSheet(_style_sheet(self._colours))

    def choose(self, choice: str) -> None:
        """Apply a `ThemeChoice`; raise ValueError for anything else.

        `colours` are its at once; windows that are shown have them some turns of the loop later.
        """
        self._choice = ThemeChoice(choice)
        # Also for the title bar and the dialogs of the system.
        hints = self._app.styleHints()
        hints.setColorScheme(_SCHEMES[self._choice])
        self._follow(hints.colorScheme())

    def finish(self) -> None:
        """Finish a change that has begun, for whom windows have to be right at once."""
        for _ in self._steps:
            pass

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        self._change()

    def _follow_contrast(self, preference: "Qt.ContrastPreference") -> None:
        self._contrast = preference == Qt.ContrastPreference.HighContrast
        self._change()

    def _change(self) -> None:
        colours = self._wanted()
        if colours is not self._colours:
            self._steps = self._changing(colours)
            self._go_on()

    def _changing(self, colours: Colours) -> Iterator[None]:
        """Change to `colours` in steps, each of which takes long enough for a turn of the loop.

        Windows paint nothing meanwhile.
        """
        windows = [top for top in QApplication.topLevelWidgets() if top.updatesEnabled()]
        for window in windows:
            window.setUpdatesEnabled(False)
        self._held += windows
        yield from self._styling(colours)
        self.changed.emit()
        yield
        for window in self._held:
            if isValid(window):
                window.setUpdatesEnabled(True)
                # Qt asks for none if it was asked to paint before, and could not.
                QApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))
        self._held.clear()

    def _go_on(self) -> None:
        for _ in self._steps:
            if any(isValid(window) and window.isVisible() for window in self._held):
                self._next.start()
                break

    def _wanted(self) -> Colours:
        scheme = _SCHEMES[self._choice]
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._scheme
        if self._choice == ThemeChoice.CONTRAST or (
            self._choice == ThemeChoice.SYSTEM and self._contrast
        ):
            if scheme == Qt.ColorScheme.Unknown and self._contrast:
                is_dark = self._system_is_dark()
            else:
                is_dark = scheme == Qt.ColorScheme.Dark
            return HIGH_CONTRAST_DARK if is_dark else HIGH_CONTRAST_LIGHT
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT

    def _system_is_dark(self) -> bool:
        """Return whether the system's palette is dark; Windows' contrast themes have no scheme."""
        ours = self._app.palette()
        self._app.setPalette(QPalette())
        is_dark = self._app.palette().color(QPalette.ColorRole.Window).lightness() < 128
        self._app.setPalette(ours)  # which stays if nothing else changes
        return is_dark

    def _styling(self, colours: Colours) -> Iterator[None]:
        self._colours = colours
        # Over another style sheet, Qt would style each widget once for each of its ancestors.
        self._app.setStyleSheet("")
        self._app.setPalette(make_palette(colours))
        yield
        self._app.setStyleSheet(_style_sheet(colours))
        yield


def _wants_contrast(hints: QStyleHints) -> bool:
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _style_sheet(colours: Colours) -> str:
    qss = paths.resources() / "qss"
    rules = Template((qss / "window.qss").read_text(encoding="utf-8"))
    is_dark = colours in (DARK, HIGH_CONTRAST_DARK)
    scheme = ThemeChoice.DARK if is_dark else ThemeChoice.LIGHT
    end = "left" if QGuiApplication.isRightToLeft() else "right"
    return rules.substitute(asdict(colours), qss=qss.as_posix(), scheme=scheme, end=end)
