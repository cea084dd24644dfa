"""What wine lacks of Windows: the tests of it are skipped there, and run on Windows itself."""

import ctypes
import sys

LACKING = {
    "system/test_processes.py::test_a_process_of_another_user_runs_too": "no process of the system",
    "sources/live/test_client.py::test_an_untrusted_certificate": "a library of cryptography",
    "sources/live/test_client.py::test_a_trusted_certificate": "a library of cryptography",
    "sources/live/test_client.py::test_the_stream_checks_cert": "a library of cryptography",
    "core/trace/test_writer.py::test_one_file_is_recorded_to_once": "other symbolic links",
    "commands/test_inputs.py::test_what_is_read_is_kept": "other symbolic links",
    "export/test_atomic_file.py::test_a_symbolic_link_is_followed": "other symbolic links",
    "export/test_atomic_file.py::test_a_link_that_leads_to_itself": "other symbolic links",
    "export/test_atomic_file.py::test_a_path_that_cannot_be_is_refused[name2]": "no long names",
    "export/test_atomic_file.py::test_every_legal_name_is_taken[name0]": "no long names",
    "theme/test_fonts.py::test_the_monospaced_font_is_monospaced": "no monospace font",
    "end_to_end/test_geometry.py::test_nothing_is_cut_in_the_window[with_all": "no monospace font",
    "end_to_end/test_geometry.py::test_the_log_keeps_its_rows_while": "no monospace font",
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
