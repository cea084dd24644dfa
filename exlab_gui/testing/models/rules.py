"""A state machine of hypothesis that uses the window as any user might."""

from datetime import date
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtGui import QAction

from exlab_gui.core.protocol.envelopes import KNOWN_ERROR_CODES
from exlab_gui.core.protocol.form import Field, can_be_typed
from exlab_gui.testing.assertions import assert_conforms
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.locators import find

SETTINGS = settings(
    max_examples=10,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""A window does a step in tens of milliseconds."""

_TEXTS = st.text(min_size=1, max_size=12).filter(can_be_typed)


class SessionRules(RuleBasedStateMachine):
    """Steps a simulated session of a window, answers, cancels and fails it, in any legal order.

    Subclasses add rules. The session is the one that `monitor` shows; after its end it begins anew.
    After each step it conforms, and the window shows its state and what may follow it.
    """

    monitor: ClassVar[SessionMonitor]

    @classmethod
    def run(cls, monitor: SessionMonitor, settings: settings = SETTINGS) -> None:
        """Try the rules in the window of `monitor`, in a test. Raises what a rule raises."""
        __tracebackhide__ = True
        run_state_machine_as_test(
            type(cls.__name__, (cls,), {"monitor": monitor}), settings=settings
        )

    def __init__(self) -> None:
        super().__init__()
        self.begin()

    def begin(self) -> None:
        """Begin a session: the one that is shown, anew."""
        if self.monitor.session.count > 1:
            self.monitor.trigger("actionReset")

    @precondition(lambda self: self.monitor.session.is_over)
    @rule()
    def begin_again(self) -> None:
        self.begin()

    @precondition(lambda self: self.monitor.legal)
    @rule(data=st.data())
    def go_to_a_legal_state(self, data: Any) -> None:
        self.monitor.go_to(data.draw(st.sampled_from(sorted(self.monitor.legal)), "state"))

    @precondition(lambda self: self._illegal)
    @rule(data=st.data())
    def go_to_an_illegal_state(self, data: Any) -> None:
        """Try a step that is refused, and changes nothing."""
        before = self.monitor.session.count
        state = data.draw(st.sampled_from(self._illegal), "state")
        try:
            self.monitor.go_to(state)
        except NotPossibleError:
            assert self.monitor.session.count == before, (
                f"The step to {state} was only half refused."
            )
        else:
            raise AssertionError(f"The step from {self.monitor.state} to {state} was not refused.")

    @precondition(lambda self: self.monitor.asked)
    @rule(data=st.data())
    def answer(self, data: Any) -> None:
        asked = self.monitor.session.pending_input
        fields = asked.fields if asked else ()
        self.monitor.answer(**{field.id: data.draw(_answers(field), field.id) for field in fields})

    @precondition(lambda self: self._can("actionCancel"))
    @rule(discard_files=st.booleans())
    def cancel(self, discard_files: bool) -> None:
        self.monitor.cancel(discard_files=discard_files)

    @precondition(lambda self: self._can("actionFail"))
    @rule(code=st.sampled_from(KNOWN_ERROR_CODES), message=_TEXTS)
    def fail(self, code: str, message: str) -> None:
        self.monitor.fail(code=code, message=message)

    def check_invariants(self, *args: Any, **kwargs: Any) -> None:
        super().check_invariants(*args, **kwargs)
        session = self.monitor.session
        assert_conforms(session)
        assert self.monitor.state == session.state
        assert self.monitor.legal <= {*session.machine.following(session.state)}

    @property
    def _illegal(self) -> list[str]:
        legal = self.monitor.legal
        return [state for state in self.monitor.session.machine.states if state not in legal]

    def _can(self, action: str) -> bool:
        return find(self.monitor.window, QAction, action).isEnabled()


def _answers(field: Field) -> st.SearchStrategy[Any]:
    """Return what an operator may answer to `field`."""
    match field.type:
        case "boolean":
            return st.booleans()
        case "choice":
            return st.sampled_from(field.options)
        case "date":
            return st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(str)
    return _TEXTS
