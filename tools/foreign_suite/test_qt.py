"""Tests of another project's window, with pytest-qt."""

import pytest
from pytestqt.qt_compat import qt_api


@pytest.fixture
def label(qtbot):
    label = qt_api.QtWidgets.QLabel("text")
    qtbot.addWidget(label)
    return label


def test_label(label, qtbot):
    with qtbot.waitExposed(label):
        label.show()
    assert label.text() == "text"


def test_timer(qtbot):
    timer = qt_api.QtCore.QTimer()
    timer.setSingleShot(True)
    with qtbot.waitSignal(timer.timeout):
        timer.start(1)


def test_a_slot_that_fails(qtbot):
    timer = qt_api.QtCore.QTimer()
    timer.setSingleShot(True)  # how often it would fail depends on the computer
    timer.timeout.connect(lambda: 1 / 0)
    timer.start(1)
    qtbot.wait(20)


def test_nothing_is_left_of_others(qapp):
    assert qapp.styleSheet() == ""
    assert qapp.quitOnLastWindowClosed()
