"""What wine lacks of Windows: the tests of it are skipped there, and run on Windows itself."""

import ctypes
import sys

LACKING = {
    "system/test_processes.py::test_a_process_of_another_user_runs_too": "no process of the system",
    "window/test_monitor_window.py::test_a_breakpoint_is_set_by_the_menu": "fonts without points",
    "sources/live/test_client.py::test_an_untrusted_certificate": "a library of cryptography",
    "sources/live/test_client.py::test_a_trusted_certificate": "a library of cryptography",
    "sources/live/test_client.py::test_the_stream_checks_cert": "a library of cryptography",
    "core/trace/test_writer.py::test_one_file_is_recorded_to_once": "other symbolic links",
    "commands/test_inputs.py::test_what_is_read_is_kept": "other symbolic links",
    "export/test_atomic_file.py::test_a_symbolic_link_is_followed": "other symbolic links",
    "export/test_atomic_file.py::test_a_link_that_leads_to_itself": "other symbolic links",
    "export/test_atomic_file.py::test_a_path_that_cannot_be_is_refused[name2]": "no long names",
    "export/test_atomic_file.py::test_every_legal_name_is_taken[name0]": "no long names",
    "controllers/archive/test_charts.py::test_sessions_over_time_open": "fonts of other widths",
    "controllers/archive/test_charts.py::test_a_chart_is_written_as": "fonts without points",
    "export/diagram/test_svg.py::test_qt_draws_the_same_boxes": "fonts of other widths",
    "widgets/log/test_log_pane.py::test_kinds_are_picked_from_a_menu": "fonts without points",
    "widgets/log/test_log_table.py::test_the_menu_copies_and_selects": "fonts without points",
    "widgets/log/test_log_table.py::test_the_detail_has_room_before": "fonts of other widths",
    "widgets/sessions/test_session_list_view.py::test_nothing_in_it": "fonts of other widths",
    "widgets/test_tables.py::test_cells_are_cut_behind_a_word": "fonts of other widths",
    "widgets/test_transition_panel.py::test_there_are_as_many_columns": "fonts of other widths",
    "widgets/test_transition_panel.py::test_it_gives_way_where": "fonts of other widths",
    "widgets/test_transition_panel.py::test_a_disabled_button_has_its_menu": "fonts without points",
    "widgets/timeline/test_timeline_view.py::test_a_bar_has_its_name": "fonts of other widths",
    "translations/test_longer_texts.py::test_dialogs_that_open": "fonts of other widths",
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
