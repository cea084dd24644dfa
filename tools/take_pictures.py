"""Takes the pictures of the window that the README shows, in light and in dark.

    python tools/take_pictures.py [FOLDER]

FOLDER is docs/pictures by default. No display is needed.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from exlab_gui.app import make_application, open_window
from exlab_gui.scenarios import find_scenario
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import StepOnce
from exlab_gui.theme.theme import Theme

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


def take(app: QApplication, folder: Path, theme: str) -> Path:
    """Save a picture of a session that waits for input, and return the file."""
    with tempfile.TemporaryDirectory() as forgotten:
        store = QSettings(str(Path(forgotten, "settings.ini")), QSettings.Format.IniFormat)
        window = open_window(Settings(store), Theme(app, theme), find_scenario("asks_once"))
        window.show()
        while window.session.pending_input is None:
            window.session.request(StepOnce())
        app.processEvents()
        picture = folder / f"window-{theme}.png"
        window.grab().save(str(picture))
        window.close()
    return picture


def main() -> None:
    """Take both pictures, and print where they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    for theme in ("light", "dark"):
        print(take(app, folder, theme))


if __name__ == "__main__":
    main()
