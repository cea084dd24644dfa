"""The way that the benchmarks take through the machine: to the end, with one round of input."""

from exlab_gui.core.state_machine import SessionState

START = SessionState.PENDING
PATH = (
    SessionState.VALIDATING,
    SessionState.RENDERING,
    SessionState.PLUGIN_PASS,
    SessionState.INPUT_REQUIRED,
    SessionState.PLUGIN_PASS,
    SessionState.CACHE_WRITE,
    SessionState.POST_VALIDATE,
    SessionState.SYNC_QUEUED,
    SessionState.DONE,
)
