"""The columns of the log say the same wherever they are shown."""

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error, FailedEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Cancelled, Event, Mark, Origin, Reported
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.core.text.log_columns import COLUMNS, KEYS, KINDS, Entry
from tests.helpers.strategies import START

ERROR = Error("internal_error", "The disk is full.")


def event(state, envelope=None, cause=None, wire=None, origin=Origin.OBSERVED, mark=None):
    return Event(2, START, state, origin, envelope, cause, wire, None, mark)


def cell(key, of, remarks=(), before="rendering"):
    opened = Event(1, START, before, Origin.OBSERVED)
    return COLUMNS[KEYS.index(key)].text(Entry(of, opened, CREATION_MACHINE, remarks))


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        (event("failed", FailedEnvelope("rendering_template", ERROR)), "failed"),
        (event("failed", cause=Reported(error=ERROR)), "failed"),
        (event("failed"), "failed"),
        (event("aborted", cause=Reported(error=ERROR)), "transition"),
        (event("aborted", cause=Cancelled(True)), "transition"),
        (event("done", cause=Explained((AppliedPlugin("lims", "failed"),))), "warning"),
        (event("done", cause=Explained((AppliedPlugin("lims", "success"),))), "transition"),
        (event("rendering"), "transition"),
        (event("rendering", origin=Origin.INFERRED), "transition"),
        (event("rendering", wire=b'{"kind":"note"}'), "problem"),
        (event("rendering", wire=b'{"kind":"progress","phase":1}'), "problem"),
        (event("failed", wire=b"\xff"), "problem"),
        (event("rendering", ProgressEnvelope("p", 1, 2), wire=b'{"kind":"progress"}'), "progress"),
    ],
)
def test_the_kind(of, kind):
    """A polled failure is one; what is not understood is a problem, whatever kind it names.

    That plugins failed, which is found out after the end, is a warning.
    """
    assert cell("kind", of) == kind
    assert kind in KINDS


@pytest.mark.parametrize(
    ("of", "phase"),
    [
        (event("rendering"), "rendering_template"),
        (event("rendering", ProgressEnvelope("running_plugins", 1, 2)), "running_plugins"),
        (event("failed", FailedEnvelope("rendering_template", ERROR)), "rendering_template"),
        (event("failed", FailedEnvelope(None, ERROR)), ""),
        (event("rendering", wire=b'{"kind":"note","phase":"noting"}'), "noting"),
        (event("rendering", wire=b'{"kind":"note"}'), "rendering_template"),
        (event("aborted"), ""),
        (event("nowhere"), ""),
    ],
)
def test_the_phase(of, phase):
    """The phase is that which the event bears itself, else that of its state, or nothing."""
    assert cell("phase", of) == phase


def test_the_detail():
    """The detail has what the check remarks, what the event says, and how far it was seen."""
    gap = event("rendering", mark=Mark.GAP)
    assert cell("detail", gap, ["⚠ Not so."], "pending") == (
        "⚠ Not so.  pending → rendering  (earlier states were not observed)"
    )


def test_the_keys():
    """No two columns share a name, in code or at their head."""
    assert len(set(KEYS)) == len({column.title for column in COLUMNS}) == len(COLUMNS)
    assert all(key.isidentifier() and not hasattr(tuple, key) for key in KEYS)
