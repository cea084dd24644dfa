"""What a server tells of a run is read as far as it is understood."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.sources.live.endings.run_details import read_run
from exlab_gui.sources.live.errors import NotUnderstoodError
from tests.helpers.strategies import json_values

RUN = {
    "path": "/data/EQ1/P/Run_1",
    "template": {"name": "powder", "version": "2.1"},
    "sync_status": "pending",
    "readme": "# Run 1\n",
    "plugins_applied": [
        {
            "plugin": "checksums",
            "version": "1.0",
            "status": "success",
            "exit_code": 0,
            "duration_ms": 120,
            "files_affected": ["a", "b"],
        },
        # As some versions have it.
        {
            "plugin": "notes",
            "status": "timeout",
            "isolation": {"exit_code": -9, "duration_ms": 5000},
        },
    ],
}


def test_a_run_is_read():
    """Plugins, template, sync and the path of the README; numbers may stand in their own part."""
    assert read_run(msgspec.json.encode(RUN)).explained == Explained(
        plugins=(
            AppliedPlugin("checksums", "success", "1.0", 0, 120, ("a", "b")),
            AppliedPlugin("notes", "timeout", "", -9, 5000),
        ),
        sync_status="pending",
        readme="/data/EQ1/P/Run_1/README.md",
        template="powder 2.1",
    )


@pytest.mark.parametrize(
    ("status", "failed"),
    [
        *(("success", False), ("skipped", False), ("failed", True)),
        *(("timeout", True), ("policy_violation", True), ("exploded", True)),
    ],
)
def test_what_counts_as_a_failure_of_a_plugin(status, failed):
    """Whatever is neither a success nor skipped."""
    assert AppliedPlugin("p", status).failed is failed


@given(st.dictionaries(st.sampled_from(list(RUN)), json_values()) | json_values())
def test_whatever_a_server_says_is_read_or_not_understood(said):
    """Parts of another shape are left out, and what is read can be kept."""
    body = msgspec.json.encode(said)
    if not isinstance(said, dict):
        with pytest.raises(NotUnderstoodError):
            read_run(body)
        return
    label, explained = read_run(body)
    assert label.isprintable()
    assert msgspec.json.decode(msgspec.json.encode(explained), type=Explained) == explained


def test_a_label_is_safe_to_show():
    """It names a session that was missed; what is no text is none."""
    assert read_run(rb'{"label":"a\u001b[31m"}').label == r"a\x1b[31m"
    assert read_run(b'{"label":7}').label == ""
