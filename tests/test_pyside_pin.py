"""The installed PySide6 loses no reference: the pin in pyproject.toml excludes those that do.

A version that loses a reference at each call aborts the process when none is left.
"""

import sys

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal

CALLS = 10_000
NOISE = 100  # other objects come and go while the calls are made
HELD = [None, True] * (2 * CALLS)  # so many references more, that a loss fails a test and no more


class NothingToShow(QAbstractListModel):
    """A model of one row without any data."""

    def rowCount(self, parent=None):  # noqa: N802
        return 1

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return None


class Switch(QObject):
    switched = Signal(bool)


def test_data_that_is_none_costs_no_reference():
    """Qt asks a model 10,000 times for data and gets None: no reference to None is lost."""
    model = NothingToShow()
    index = model.index(0)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        index.data()
    assert abs(sys.getrefcount(None) - before) < NOISE


def test_an_emitted_true_costs_no_reference():
    """A signal emits True 10,000 times to a slot: no reference to True is lost."""
    switch = Switch()
    received = []
    switch.switched.connect(lambda on: received.append(on))
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        switch.switched.emit(True)
        received.clear()
    assert abs(sys.getrefcount(True) - before) < NOISE
