"""A project of somebody else: it has the plugin, and nothing else of this one."""

import os

import pytest

from exlab_gui.testing import assert_conforms, assert_emitted, assert_visited


def test_a_run_is_made(session_monitor):
    session_monitor.walk_to("done")
    assert_visited(session_monitor.session, "validating", "done")
    assert_emitted(session_monitor.session, [*["phase"] * 6, "done"])
    assert_conforms(session_monitor.session)


def test_a_question_is_answered(session_monitor):
    session_monitor.play("asks_once")
    session_monitor.wait_for("input_required")
    assert session_monitor.legal == {"plugin_pass", "failed", "aborted"}
    session_monitor.cancel(discard_files=True)
    assert session_monitor.state == "aborted"


@pytest.mark.skipif("SAMPLE_FAILS" not in os.environ, reason="fails, to see what is kept of it")
@pytest.mark.parametrize("state", ["rendering", "a/b: c"])
def test_that_fails(session_monitor, state):
    session_monitor.walk_to("validating")
    assert session_monitor.state == state
