"""The commands that a source can take."""

from typing import Any

import msgspec

from exlab_gui.core.protocol.emission import DEFAULT_ERROR
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Scenario


class Step(msgspec.Struct, frozen=True):
    """Go to the state `to`, by one transition."""

    to: str


class WalkTo(msgspec.Struct, frozen=True):
    """Go to the state `to` along the shortest legal path."""

    to: str


class Resume(msgspec.Struct, frozen=True):
    """Answer what the plugin asked for."""

    answers: dict[str, Any] = {}


class Cancel(msgspec.Struct, frozen=True):
    """Cancel the session; with `discard_files`, its unfinished folder is deleted too."""

    discard_files: bool = False


class Fail(msgspec.Struct, frozen=True):
    """Fail the session with `error`."""

    error: Error = DEFAULT_ERROR


class Undo(msgspec.Struct, frozen=True):
    """Take back the last step."""


class Redo(msgspec.Struct, frozen=True):
    """Take the step again that was undone last."""


Move = Step | WalkTo | Resume | Cancel | Fail | Undo | Redo
"""Commands that take the session itself to another state."""


class Play(msgspec.Struct, frozen=True):
    """Play from the current state."""


class Pause(msgspec.Struct, frozen=True):
    """Pause playing."""


class Hold(msgspec.Struct, frozen=True):
    """Have playing wait, or go on: somebody answers what it would answer next."""

    on: bool


class StepOnce(msgspec.Struct, frozen=True):
    """Do the one step that playing would do next."""


class Reset(msgspec.Struct, frozen=True):
    """Start again from the beginning, with an empty history."""


class SetSpeed(msgspec.Struct, frozen=True):
    """Play `speed` times as fast as real time."""

    speed: float


class SetBreakpoints(msgspec.Struct, frozen=True):
    """Pause if any of `states` is entered while playing."""

    states: frozenset[str]


class SetScenario(msgspec.Struct, frozen=True):
    """Play `scenario`, which must be legal in the session's machine; the session must be new."""

    scenario: Scenario


class SetCollapsing(msgspec.Struct, frozen=True):
    """Shorten long idle gaps while playing, or play them at full length."""

    collapsing: bool


class Listen(msgspec.Struct, frozen=True):
    """Start or stop listening to a live session's event stream.

    Each event reaches one listener only: other listeners miss the events read here.
    """

    on: bool


Command = (
    Move
    | Play
    | Pause
    | Hold
    | StepOnce
    | Reset
    | SetSpeed
    | SetBreakpoints
    | SetScenario
    | SetCollapsing
    | Listen
)
