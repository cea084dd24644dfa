"""Recordings of sessions: one file of JSON Lines each, described in ``docs/recordings.md``."""

from exlab_gui.core.trace.header import Fork, Header, TraceError, new_header
from exlab_gui.core.trace.reader import Problem, TraceReader
from exlab_gui.core.trace.recording import ENDING, TEST_ENDING, Recording, load
from exlab_gui.core.trace.recording_lock import BusyError, assert_not_recorded_to
from exlab_gui.core.trace.writer import ChangedError, TraceWriter

__all__ = [
    "ENDING",
    "TEST_ENDING",
    "BusyError",
    "ChangedError",
    "Fork",
    "Header",
    "Problem",
    "Recording",
    "TraceError",
    "TraceReader",
    "TraceWriter",
    "assert_not_recorded_to",
    "load",
    "new_header",
]
