"""Changes are shown at once, at most once a frame, and in a burst less often."""

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtTest import QSignalSpy

from exlab_gui.models.background.frames import BURST_FRAME_MS, FRAME_MS, Frames

PATIENCE_MS = 5000


class Shown(QObject):
    """What is shown in frames; `begun` is emitted as each begins."""

    begun = Signal()

    def __init__(self):
        super().__init__()
        self.frames = Frames(self.begin)

    def begin(self):
        self.begun.emit()


@pytest.fixture
def shown(qapp):
    shown = Shown()
    yield shown
    shown.frames.stop()
    shown.deleteLater()


def past_a_frame():
    """Return after more than a frame has passed."""
    passed = QTimer(singleShot=True, interval=FRAME_MS + 5)
    passed.start()
    assert QSignalSpy(passed.timeout).wait(PATIENCE_MS)


def ms_until_next(shown, new):
    """Return how long it takes until a frame begins that shows `new` events more."""
    begun, clock = QSignalSpy(shown.begun), QElapsedTimer()
    clock.start()
    shown.frames.ask(new)
    assert begun.count() == 1 or begun.wait(PATIENCE_MS)
    return clock.elapsed()


def test_the_first_change_is_shown_at_once(shown):
    """Whatever comes in the same frame is shown with the next one, once."""
    frames = shown.frames
    past_a_frame()
    begun = QSignalSpy(shown.begun)
    frames.ask()
    assert begun.count() == 1
    for _ in range(3):
        frames.ask()
    assert frames.due
    assert begun.wait(PATIENCE_MS)
    assert begun.count() == 2
    assert not frames.due


def test_a_burst_is_shown_in_longer_frames(shown):
    """As long as it goes on; what comes after it has ordinary ones again."""
    frames = shown.frames
    past_a_frame()
    frames.ask(1000)
    assert ms_until_next(shown, 1000) > BURST_FRAME_MS * 0.9  # timers are coarse
    assert ms_until_next(shown, 1) > BURST_FRAME_MS * 0.9  # timers are coarse
    assert any(ms_until_next(shown, 1) < BURST_FRAME_MS for _ in range(20))


def test_a_command_does_not_wait_for_a_burst(shown):
    """What a user does shows at once."""
    frames = shown.frames
    past_a_frame()
    frames.ask(1000)
    frames.ask(1000)
    begun = QSignalSpy(shown.begun)
    frames.begin()
    assert begun.count() == 1
    assert not frames.due
