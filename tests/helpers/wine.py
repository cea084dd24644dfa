"""What wine lacks of Windows: the tests of it are skipped there, and run on Windows itself."""

import ctypes
import sys

LACKING = {
    "system/test_worker_processes.py": "pools of processes hang",
    "commands/test_check.py::test_a_process_that_is_ended_is_told_of": "pools of processes hang",
    "system/test_processes.py::test_a_process_of_another_user_runs_too": "no process of the system",
    "window/test_monitor_window.py::test_a_breakpoint_is_set_by_the_menu": "fonts without points",
    "core/trace/test_writer.py::test_one_file_is_recorded_to_once": "other symbolic links",
}
"""What is not there, by the tests that need it: a file below ``tests``, or a test in it."""


def is_here() -> bool:
    """Return whether this is a Python for Windows that runs under wine."""
    if sys.platform != "win32":
        return False
    return hasattr(ctypes.CDLL("ntdll"), "wine_get_version")


def lacking(test: str) -> str:
    """Return what the test with this id would need of wine; empty if it has all."""
    test = test.replace("\\", "/").removeprefix("tests/")
    return next((why for begin, why in LACKING.items() if test.startswith(begin)), "")
