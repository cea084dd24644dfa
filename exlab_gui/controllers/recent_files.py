"""The menus of recent files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.settings import Settings


def show_recent(
    menu: QMenu, settings: Settings, kind: str, reopen: Callable[[Path], object]
) -> None:
    for path in settings.recent_files(kind):
        entry = menu.addAction(file_name(path.name).replace("&", "&&"), partial(reopen, path))
        entry.setToolTip(plain_tip(file_name(path)))
    if menu.isEmpty():
        menu.addAction(tr("No recent files")).setEnabled(False)
