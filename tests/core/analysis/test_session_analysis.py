"""What is known of a whole history, kept up to date as it grows."""

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event
from tests.helpers.strategies import session_histories


@given(session_histories(), st.lists(st.integers(1, 10)))
def test_an_index_that_grows_is_the_index_of_the_whole(
    history: list[Event], portions: list[int]
) -> None:
    """In whatever portions the events come, the findings and the walk are the same."""
    growing = history[:1]
    index = SessionAnalysis(CREATION_MACHINE, growing)
    for portion in [*portions, len(history)]:
        growing += history[len(growing) : len(growing) + portion]
        index.extend()
    index.close()
    whole = check(CREATION_MACHINE, history)
    assert [finding for found in index.findings.values() for finding in found] == whole
    assert index.problems == sum(f.severity is Severity.VIOLATION for f in whole)
    assert index.visits.visit_count() == StateHistory(CREATION_MACHINE, history).visit_count()


@given(session_histories(legal=True))
def test_findings_are_found_at_their_events(history: list[Event]) -> None:
    """The place of a finding is that of the event that it is about."""
    broken = [*history, history[0]]
    index = SessionAnalysis(CREATION_MACHINE, broken)
    assert len(broken) - 1 in index.findings
    assert all(
        found.event_index == place for place in index.findings for found in index.findings[place]
    )
