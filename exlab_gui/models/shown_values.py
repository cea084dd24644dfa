"""The values of a session at the shown position."""

from collections.abc import Mapping, Sequence
from typing import Any

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.problems import Problem
from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.analysis.status import pending_question
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Resumed
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.sources.source import SessionSource, SourceTraits


class ShownValues:
    """What follows from a session's history, its source and the shown `position`; a mixin."""

    source: SessionSource
    position: int | None
    _index: SessionAnalysis
    _info: SessionInfo | None = None

    @property
    def traits(self) -> SourceTraits:
        return self.source.traits

    @property
    def machine(self) -> StateMachine:
        return self.source.machine

    @property
    def info(self) -> SessionInfo:
        """What is known besides the history; few of ten thousand sessions are asked for it."""
        if self._info is None:
            self._info = self.source.info
        return self._info

    @property
    def label(self) -> str:
        return self.info.label

    @property
    def history(self) -> Sequence[Event]:
        """All events, in a new sequence after a reset or a correction."""
        return self.visits.history

    @property
    def count(self) -> int:
        """Number of events to show: the history may be ahead by less than a frame."""
        return self.visits.count

    @property
    def visits(self) -> StateHistory:
        return self._index.visits

    @property
    def findings(self) -> Mapping[int, Sequence[Finding]]:
        """Violations and notes, by the index of their event."""
        return self._index.findings

    @property
    def problem_count(self) -> int:
        """Number of violations, and of parts that could not be read or understood."""
        return self._index.problems + len(self.info.problems)

    @property
    def listed_problems(self) -> Sequence[Problem]:
        """Violations, warnings and notes, in the order of their events; it grows at its end."""
        return self._index.listed

    @property
    def shown_count(self) -> int:
        """Number of events before the playhead."""
        return self.count if self.position is None else self.position

    @property
    def state(self) -> str:
        """The state at the playhead."""
        return self.visits.state(self.position)

    @property
    def is_by_result(self) -> bool:
        """Whether the session is known from its result only."""
        return self.history[0].mark is Mark.RESULT

    @property
    def phase(self) -> str | None:
        return self.machine.phase(self.state)

    @property
    def entered(self) -> Event:
        return self.visits.entered(self.position)

    @property
    def asked(self) -> Event:
        """The event that `entered` the state, as it arrived: a correction does not change it."""
        return self.source.as_arrived(self.entered) if self.position is None else self.entered

    @property
    def is_over(self) -> bool:
        return self.state in self.machine.terminal

    @property
    def pending_input(self) -> InputRequiredEnvelope | None:
        """The question to answer; an unknown one has no fields."""
        return pending_question(self.visits, self.position)

    @property
    def is_past(self) -> bool:
        """Whether what is at the playhead can no longer be changed."""
        return self.position is not None or not self.traits.grows

    @property
    def given_answers(self) -> Mapping[str, Any] | None:
        """The answers to the question at the playhead, or None if none were given."""
        left = self.visits.left(self.position)
        return left.cause.answers if left is not None and isinstance(left.cause, Resumed) else None
