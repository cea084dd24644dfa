"""What is known of a live session: its events, and what they and this program's commands tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Cancelled, Event, Mark, Origin, Resumed
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.state_machine import SessionState
from exlab_gui.core.trace.correction import CorrectedHistory
from exlab_gui.sources.live.observation import Observation

_REMEMBERED = 8


class KnownHistory:
    """The events of a session that was first known at `since`, as they are appended.

    `made` is the path of what the session made.
    """

    def __init__(self, machine: StateMachine, since: datetime) -> None:
        self.machine: Final = machine
        self.problems: Final[list[str]] = []
        self._corrected = CorrectedHistory(machine)
        self.arrivals: Final = self._corrected.arrivals
        self._confirmed = since
        self._answers: Mapping[str, Any] | None = None
        self._discard_files: bool | None = None
        self._has_loss = False
        self.made: str | None = None

    @property
    def history(self) -> Sequence[Event]:
        """The events as they happened, as far as that is known; after a correction a new one."""
        return self._corrected.events

    @property
    def state(self) -> str:
        """The state that the session was last known to be in."""
        return self._corrected.state

    @property
    def entered(self) -> Event:
        """The event that entered it."""
        return self._corrected.entered

    @property
    def last_entry(self) -> Event:
        """The same as it arrived."""
        return self._corrected.last_entry

    @property
    def is_over(self) -> bool:
        return self._corrected.state in self.machine.terminal

    @property
    def question(self) -> InputRequiredEnvelope | None:
        """The plugin's question, if the session waits for input and the question is known."""
        question = self._asked.envelope if self._asked else None
        return question if isinstance(question, InputRequiredEnvelope) else None

    @property
    def _asked(self) -> Event | None:
        if not self.machine.awaits_input(self.state):
            return None
        entered = self.entered
        return entered if isinstance(entered.envelope, InputRequiredEnvelope) else None

    @property
    def confirmed(self) -> datetime:
        """The last time at which the session was known to be in its state."""
        return self._confirmed

    @property
    def caught_up(self) -> bool:
        """Whether the stream has reported the last known state."""
        return self._corrected.caught_up

    @property
    def answered(self) -> bool:
        """Whether the server took answers, and no later state is known."""
        return self._answers is not None

    def differs(self, observation: Observation) -> bool:
        """Return whether `observation` tells something new."""
        if observation.state != self.state:
            return True
        return observation.question is not None and observation.question != self.question

    def confirm(self, at: datetime) -> None:
        """Note that the session was still in its state at `at`."""
        self._confirmed = max(self._confirmed, at)

    def note_answers(self, answers: Mapping[str, Any]) -> None:
        """Note that the server took `answers`: they are the cause of the next state."""
        self._answers = answers

    def note_cancel(self, *, discard_files: bool) -> None:
        """Note that the server took a cancel: it is the cause of an abort that follows."""
        self._discard_files = discard_files

    def note_loss(self) -> None:
        """Note that messages may be lost: the next event that is not late is marked so."""
        self._has_loss = True

    def add_explanation(self, explained: Explained) -> None:
        """Add what was found out about the end, at its time."""
        at = self.arrivals[-1].at
        self._append(Event(0, at, self.state, Origin.OBSERVED, cause=explained, mark=Mark.LATE))

    def add_problem(self, sentence: str) -> bool:
        """Add `sentence` unless a recent problem says the same; return whether it was added."""
        if sentence in self.problems[-_REMEMBERED:]:
            return False
        self.problems.append(sentence)
        return True

    def _enter(self, event: Event, *, told: bool = False) -> None:
        """Append `event`, which enters its state; its cause may be a command of this program."""
        cause = event.cause
        answers, self._answers = self._answers, None
        if event.state == SessionState.ABORTED and self._discard_files is not None:
            cause = Cancelled(self._discard_files)
        elif answers is not None and event.state not in self.machine.terminal:
            cause = Resumed(dict(answers))
        if event.result is not None and isinstance(path := event.result.get("path"), str):
            self.made = path
        if cause is not event.cause:
            event = replace(event, cause=cause)
        self._append(event, told=told)

    def _append(self, event: Event, *, told: bool = False) -> None:
        """Append `event` with its number, not before the last one.

        `told`: the stream has told of everything until then.
        """
        at, earliest = event.at, event.earliest
        if self.arrivals:
            at = max(at, self.arrivals[-1].at)  # if the clock was set back, time stands still
        if earliest is not None and earliest >= at:
            earliest = None
        mark = event.mark
        if self._has_loss and event.origin is Origin.OBSERVED and mark is not Mark.LATE:
            mark, self._has_loss = mark or Mark.LOSS, False
        seq = len(self.arrivals) + 1
        if (seq, at, earliest, mark) != (event.seq, event.at, event.earliest, event.mark):
            event = replace(event, seq=seq, at=at, earliest=earliest, mark=mark)
        self._corrected.add(event, told=told)
