"""What the server's own log says about a time, or under a trace id."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exlab_gui.sources.live.endings.server_log import MAX_LINES, serious_lines, server_log_path
from tests.helpers.pipes import make_pipe

AT = datetime(2026, 4, 17, 14, 31, 55, 400_000, UTC)
LOG = """\
    an end of what was not read
2026-04-17T14:31:50Z [ERROR] too early
2026-04-17T14:31:55Z [INFO ] [host:labpc] session opened
2026-04-17T14:31:55Z [ERROR] [host:labpc] [equip:XRD_01] plugin notes failed trace_id=abc
Traceback (most recent call last):
  File "notes.py", line 3
2026-04-17T14:31:56Z [WARN ] it is late
2026-04-17T14:32:10Z [ERROR] too late
"""


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "app.log"
    path.write_text(LOG, "utf-8")
    return path


def test_warnings_and_errors_of_the_time(log):
    """Each with its traceback; the log has whole seconds."""
    found = serious_lines(log, AT, AT + timedelta(milliseconds=90))
    assert [line.split("] ")[-1] for line in found] == [
        "plugin notes failed trace_id=abc",
        "Traceback (most recent call last):",
        '  File "notes.py", line 3',
        "it is late",
    ]


def test_a_trace_id_names_its_entries(log):
    """Whenever they were written."""
    found = serious_lines(log, AT, AT, "abc")
    assert len(found) == 3
    assert found[0].endswith("trace_id=abc")


def test_many_lines(tmp_path):
    """The last ones are returned, each cut and safe to show."""
    path = tmp_path / "app.log"
    path.write_bytes(
        b"2026-04-17T14:31:55Z [ERROR] \x1b[31m\xff" + b"x" * 9_000 + b"\n" + LOG.encode() * 900
    )
    found = serious_lines(path, AT, AT)
    assert len(found) == MAX_LINES
    assert all(line.isprintable() and len(line) <= 400 for line in found)


@pytest.mark.parametrize("text", ["", "\n\n", "2026-99-99T99:99:99Z [ERROR] x", "[ERROR] x"])
def test_what_is_no_log_has_no_lines(tmp_path, text):
    """Neither has a file that is not there."""
    path = tmp_path / "app.log"
    path.write_text(text)
    assert serious_lines(path, AT, AT) == ()
    assert serious_lines(tmp_path / "other", AT, AT) == ()


@pytest.mark.parametrize(
    ("system", "variables", "path"),
    [
        ("linux", {}, "/home/me/.local/state/exlab-wizard/app.log"),
        ("linux", {"XDG_STATE_HOME": "/s"}, "/s/exlab-wizard/app.log"),
        ("darwin", {}, "/home/me/Library/Logs/exlab-wizard/app.log"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/exlab-wizard/Logs/app.log"),
    ],
)
def test_where_the_log_is(system, variables, path):
    """Where the server of each system keeps it."""
    assert server_log_path(system, variables, Path("/home/me")) == Path(path)


@pytest.mark.skipif(os.name == "nt", reason="such files are not there")
@pytest.mark.parametrize("made", [make_pipe, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_a_log_that_is_no_file(tmp_path, made):
    """A pipe is not waited for: the thread that reads it would keep the program from ending."""
    made(tmp_path / "app.log")
    assert serious_lines(tmp_path / "app.log", AT, AT) == ()
