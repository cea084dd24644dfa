"""The order of Tab, where widgets are made after those around them."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(holder: QWidget, widgets: Iterable[QWidget]) -> None:
    """Have Tab go through `widgets` where `holder` stands, and then to what follows it.

    Qt alone has them last in the window, as they were made last. All are in the same window.
    """
    policy = holder.focusPolicy()
    holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt puts nothing after what takes no focus
    for before, after in pairwise([holder, *widgets]):
        QWidget.setTabOrder(before, after)
    holder.setFocusPolicy(policy)
