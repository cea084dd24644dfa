"""The position in the history, and forks."""

from collections.abc import Callable, Sequence
from itertools import islice, takewhile

from PySide6.QtCore import Signal

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.analysis.problems import Problem, next_problem, previous_problem
from exlab_gui.core.text.translation import tr
from exlab_gui.core.trace import Fork
from exlab_gui.models.problem_table import SEVERITIES
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.simulated import SimulatedSource


class HistoryActions(Controller):
    """Moves the position; `forked` gives a new session that starts there."""

    forked = Signal(SessionModel)

    def __init__(self, context: ActionContext) -> None:
        super().__init__(context)
        self._forks = 0

    def go_to(self, position: int | None) -> None:
        self.session.go_to(position)

    def _at_first(self) -> str | None:
        return "The window shows the first event" if self.session.shown_count == 1 else None

    def _at_latest(self) -> str | None:
        return "The window shows the latest event" if self.session.position is None else None

    def _without_problems(self) -> str | None:
        found = self.session.listed_problems
        return None if found else "There is no violation, no warning and no note"

    @Action(
        "actionGoToFirst",
        "Go to &first event",
        "Alt+Home",
        "Trace",
        2,
        why_not=_at_first,
        icon="first",
    )
    def _go_to_first(self) -> None:
        """Show the first event."""
        self.go_to(1)

    @Action(
        "actionGoBack",
        "Go &back",
        "Alt+Left",
        "Trace",
        2,
        why_not=_at_first,
        icon="back",
        repeats=True,
        mac="Ctrl+[",
    )
    def _go_back(self) -> None:
        """Show the previous event."""
        self.go_to(max(self.session.shown_count - 1, 1))

    @Action(
        "actionGoForward",
        "Go for&ward",
        "Alt+Right",
        "Trace",
        2,
        why_not=_at_latest,
        icon="forward",
        repeats=True,
        mac="Ctrl+]",
    )
    def _go_forward(self) -> None:
        """Show the next event."""
        self.go_to(self.session.shown_count + 1)

    @Action(
        "actionGoToLatest",
        "Go to &latest event",
        "Alt+End",
        "Trace",
        2,
        why_not=_at_latest,
        icon="latest",
    )
    def _go_to_latest(self) -> None:
        """Show the session as it is now."""
        self.go_to(None)

    @Action(
        "actionNextFinding",
        "Go to &next problem",
        "F8",
        "Trace",
        2,
        why_not=_without_problems,
        repeats=True,
    )
    def _go_to_next_problem(self) -> None:
        """Show the next violation, warning or note."""
        self._go_to_problem(next_problem)

    @Action(
        "actionPreviousFinding",
        "Go to previo&us problem",
        "Shift+F8",
        "Trace",
        2,
        why_not=_without_problems,
        repeats=True,
    )
    def _go_to_previous_problem(self) -> None:
        """Show the previous violation, warning or note."""
        self._go_to_problem(previous_problem)

    def _go_to_problem(self, find: Callable[[Sequence[Problem], int], int | None]) -> None:
        session = self.session
        problems = session.listed_problems
        place = find(problems, session.shown_count - 1)
        if place is None:
            return
        index = problems[place].event_index
        same = takewhile(
            lambda problem: problem.event_index == index, islice(problems, place, None)
        )
        told = [f"{tr(SEVERITIES[one.severity])}: {tr(one.text(session.history))}" for one in same]
        which = f"{place + 1:,}" if len(told) == 1 else f"{place + 1:,}–{place + len(told):,}"
        self.go_to(index + 1)
        self.context.messages.show_info(
            tr(
                "Problem {which} of {count:,}, event {seq}. ",
                which=which,
                count=len(problems),
                seq=session.history[index].seq,
            )
            + " ".join(told)
        )

    @Action("actionForkHere", "For&k here", "Ctrl+B", "Trace", 3, icon="fork")
    def fork(self) -> None:
        """Start a new simulated session from this point."""
        session = self.session
        self._forks += 1
        history = session.history[: session.shown_count]
        fork = Fork(of=session.label, seq=history[-1].seq)
        source = SimulatedSource(f"fork-{self._forks}", session.machine, fork=fork, history=history)
        self.forked.emit(SessionModel(source))
