"""The tab order of widgets that are made after those around them."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_through(holder: QWidget, widgets: Iterable[QWidget]) -> None:
    """Put `widgets` at the place of `holder` in the tab order of the window.

    Without this, they are the last, as they were made last.
    """
    policy = holder.focusPolicy()
    holder.setFocusPolicy(
        Qt.FocusPolicy.TabFocus
    )  # setTabOrder ignores a widget without a focus policy
    for before, after in pairwise([holder, *widgets]):
        QWidget.setTabOrder(before, after)
    holder.setFocusPolicy(policy)
