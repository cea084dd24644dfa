"""What a user may want of a session: the values that go to a source."""

from typing import Any

import msgspec

from exlab_gui.core.protocol.emission import DEFAULT_ERROR
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Scenario


class Step(msgspec.Struct, frozen=True):
    """Go to the state `to`, by one transition."""

    to: str


class WalkTo(msgspec.Struct, frozen=True):
    """Go to the state `to` along the shortest legal way."""

    to: str


class Resume(msgspec.Struct, frozen=True):
    """Answer what the plugin asked for."""

    answers: dict[str, Any] = {}


class Cancel(msgspec.Struct, frozen=True):
    """Abort the session; `discard_files`: the partly made folder goes too."""

    discard_files: bool = False


class Fail(msgspec.Struct, frozen=True):
    """Let the session fail with `error`."""

    error: Error = DEFAULT_ERROR


Move = Step | WalkTo | Resume | Cancel | Fail
"""What takes the session itself to another state."""


class Play(msgspec.Struct, frozen=True):
    """Go on by itself, from where the session stands."""


class Pause(msgspec.Struct, frozen=True):
    """Stop going on by itself."""


class StepOnce(msgspec.Struct, frozen=True):
    """Do the one thing that playing would do next."""


class Reset(msgspec.Struct, frozen=True):
    """Start again from the beginning; what happened so far is forgotten."""


class SetSpeed(msgspec.Struct, frozen=True):
    """Play `speed` times as fast as real time."""

    speed: float


class SetBreakpoints(msgspec.Struct, frozen=True):
    """Pause the play on entering any of `states`."""

    states: frozenset[str]


class SetScenario(msgspec.Struct, frozen=True):
    """Play `scenario`, which is legal in the session's machine, where nothing has happened yet."""

    scenario: Scenario


class SetCollapsing(msgspec.Struct, frozen=True):
    """Play long gaps, in which nothing happens, as short ones; or as long as they were."""

    collapsing: bool


class Listen(msgspec.Struct, frozen=True):
    """Read a live session's event stream, or (`on` false) no longer.

    Each event goes to one listener only: whoever else listens misses what is read here.
    """

    on: bool


Command = (
    Move
    | Play
    | Pause
    | StepOnce
    | Reset
    | SetSpeed
    | SetBreakpoints
    | SetScenario
    | SetCollapsing
    | Listen
)
