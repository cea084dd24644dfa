"""The rules of hypothesis use the window in any order, and find what does not conform."""

from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from exlab_gui.testing import SessionRules
from exlab_gui.testing.driver import SessionMonitor
from tests.helpers.other_machines import OTHERS

FEW = settings(SessionRules.TestCase.settings, max_examples=3, stateful_step_count=8, deadline=None,
               derandomize=True, database=None)  # fmt: skip


def test_any_session_conforms(session_monitor: SessionMonitor) -> None:
    """The product holds."""
    SessionRules.run(session_monitor, FEW)


@pytest.mark.exlab(machine=OTHERS["two loops"])
def test_any_session_of_another_machine_conforms(session_monitor: SessionMonitor) -> None:
    """What the machine lacks, such as a state for failures, is not tried."""
    SessionRules.run(session_monitor, FEW)


def test_questions_are_answered(session_monitor: SessionMonitor) -> None:
    """A form that is open is filled in, however it is asked."""

    class Answers(SessionRules):
        answered: ClassVar[set[str]] = set()

        @precondition(lambda self: "input_required" in self.monitor.legal)
        @rule(data=st.data())
        def ask(self, data: object) -> None:
            self.monitor.go_to("input_required")
            self.answer(data)
            self.answered.add(self.monitor.state)

        def begin(self) -> None:
            super().begin()
            self.monitor.walk_to("plugin_pass")

    Answers.run(session_monitor, FEW)
    assert Answers.answered == {"plugin_pass"}


def test_a_fault_is_found(session_monitor: SessionMonitor) -> None:
    """What an invariant of hypothesis forbids fails the test, with the steps to it."""

    class NeverBegins(SessionRules):
        @invariant()
        def waits(self) -> None:
            assert self.monitor.session.count == 1, "It has begun."

    with pytest.raises(AssertionError, match="It has begun"):
        NeverBegins.run(session_monitor, settings(FEW, phases=[Phase.generate]))
