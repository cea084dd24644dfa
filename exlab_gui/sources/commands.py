"""What a user may want of a session: the values that go to a source."""

from dataclasses import dataclass, field
from typing import Any

from exlab_gui.core.emission import DEFAULT_ERROR
from exlab_gui.core.envelopes import Error
from exlab_gui.core.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Step:
    """Go to the state `to`, by one transition."""

    to: str


@dataclass(frozen=True, slots=True)
class WalkTo:
    """Go to the state `to` along the shortest legal way."""

    to: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Answer what the plugin asked for."""

    answers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Abort the session; `discard_files`: the partly made folder goes too."""

    discard_files: bool = False


@dataclass(frozen=True, slots=True)
class Fail:
    """Let the session fail with `error`."""

    error: Error = DEFAULT_ERROR


@dataclass(frozen=True, slots=True)
class Play:
    """Go on by itself, from where the session stands."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop going on by itself."""


@dataclass(frozen=True, slots=True)
class StepOnce:
    """Do the one thing that playing would do next."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Start again from the beginning; what happened so far is forgotten."""


@dataclass(frozen=True, slots=True)
class SetSpeed:
    """Play `speed` times as fast as real time."""

    speed: float


@dataclass(frozen=True, slots=True)
class SetBreakpoints:
    """Pause the play on entering any of `states`."""

    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class SetScenario:
    """Play `scenario`, which is legal in the session's machine, where nothing has happened yet."""

    scenario: Scenario


Command = (
    Step
    | WalkTo
    | Resume
    | Cancel
    | Fail
    | Play
    | Pause
    | StepOnce
    | Reset
    | SetSpeed
    | SetBreakpoints
    | SetScenario
)
