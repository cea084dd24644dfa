"""The state machine as a value, and what follows from its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast

from exlab_gui.core.state_machine import VALID_TRANSITIONS, Phase, SessionState, state_to_phase
from exlab_gui.core.transitions import assert_forward_transition, origins, path_by, reachable

Edge = tuple[str, str]

EntryKind = Literal["phase", "input_required", "done", "failed"]
"""The kinds of envelope that entering a state can emit (§4.6.2)."""


@dataclass(frozen=True)
class StateMachine:
    """Which states there are, which may follow which, and the phase each one reports (§4.7).

    Everything that shows or checks a session asks this value, so that a machine with other states
    needs no other code. `table` has one key per state; states and transitions are listed in its
    order, which counts when machines are compared. An unknown state leads nowhere and reports no
    phase.

    Raises ValueError if `initial`, or a state that follows another, is no key of `table`.
    """

    initial: str
    table: Mapping[str, frozenset[str]]
    phases: Mapping[str, str | None]

    def __post_init__(self) -> None:
        if unknown := {self.initial}.union(*self.table.values()) - self.table.keys():
            raise ValueError(f"not in the table of states: {', '.join(sorted(unknown))}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StateMachine) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    @cached_property
    def states(self) -> tuple[str, ...]:
        return tuple(self.table)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        return tuple((a, b) for a in self.states for b in self.following(a))

    @cached_property
    def terminal(self) -> frozenset[str]:
        """The states that nothing follows."""
        return frozenset(state for state, following in self.table.items() if not following)

    @cached_property
    def unreachable(self) -> tuple[str, ...]:
        """The states that no legal path leads to: in a machine that is not finished yet."""
        reached = self.reachable(self.initial) | {self.initial}
        return tuple(state for state in self.states if state not in reached)

    @cached_property
    def exits(self) -> frozenset[str]:
        """The terminal states that every other state may go to, as ``failed`` and ``aborted``.

        What cannot be reached does not count.
        """
        aside = self.terminal.union(self.unreachable)
        going = [self.table[state] for state in self.states if state not in aside]
        struck = self.terminal.intersection(*going)
        # If no session ends otherwise, these are its regular ends.
        regular = self.reachable(self.initial) & self.terminal - struck
        return struck if regular else frozenset()

    @cached_property
    def spine(self) -> tuple[str, ...]:
        """The states from the initial one to the regular end, by the fewest steps.

        If there are several ends, to the farthest; if there is none, only the initial state.
        """
        ends = (s for s in self.states if s in self.terminal - self.exits)
        paths = (path for end in ends if (path := self.path(self.initial, end)))
        return max(paths, key=len, default=(self.member(self.initial),))

    def member(self, state: str) -> str:
        """Return the table's own key for the text `state`; raises KeyError if there is none."""
        return self._members[state]

    def following(self, state: str) -> tuple[str, ...]:
        allowed = self.table.get(state, ())
        return tuple(s for s in self.states if s in allowed)

    def forward(self, state: str) -> tuple[str, ...]:
        """Return the legal next states of `state` that are no exits."""
        return tuple(s for s in self.following(state) if s not in self.exits)

    def preceding(self, state: str) -> tuple[str, ...]:
        return self._sources.get(state, ())

    def allows(self, current: str, new_state: str) -> bool:
        """Return whether `current` → `new_state` is legal; unknown states never are."""
        return new_state in self.table.get(current, ())

    def assert_transition(self, current: str, new_state: str) -> None:
        """Raise ValueError if `current` → `new_state` is not legal (§4.7.1)."""
        assert_forward_transition(current, new_state, self.table)

    def path(self, start: str, goal: str) -> tuple[str, ...] | None:
        """Return the shortest legal path, both ends included, or None."""
        ends = start, goal
        if ends not in self._paths:
            if start not in self._origins:
                self._origins[start] = origins(start, self.table)
            self._paths[ends] = path_by(self._origins[start], start, goal)
        return self._paths[ends]

    def reachable(self, start: str) -> frozenset[str]:
        return reachable(start, self.table)

    def phase(self, state: str) -> str | None:
        return self.phases.get(state)

    def emits(self, state: str) -> EntryKind | None:
        """Return the kind of the envelope that entering `state` emits, or None (§4.6.2)."""
        if state == SessionState.FAILED:
            return "failed"
        if state == self.initial:
            return None
        match self.phase(state):
            case None:
                return None
            case Phase.INPUT_REQUIRED:
                return "input_required"
            case Phase.DONE:
                return "done"
        return "phase"

    def awaits_input(self, state: str) -> bool:
        """Return whether a session is held in `state` until the operator answers (§4.4.7)."""
        return state in self._awaiting

    @cached_property
    def _awaiting(self) -> frozenset[str]:
        return frozenset(one for one in self.states if self.emits(one) == "input_required")

    def told_by(self, name: str) -> str | None:
        """Return the state that a phase, or a kind of envelope without a phase, tells of."""
        return self._told_by.get(name)

    @cached_property
    def _told_by(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for state in self.states:
            kind, phase = self.emits(state), self.phase(state)
            if phase is not None:
                found.setdefault(phase, state)
            if kind is not None and kind != "phase":
                found[kind] = state
        return found

    @cached_property
    def _members(self) -> dict[str, str]:
        return {state: state for state in self.states}

    @cached_property
    def _value(self) -> tuple[object, ...]:
        return self.initial, *((s, self.table[s], self.phase(s)) for s in self.states)

    @cached_property
    def _origins(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def _sources(self) -> Mapping[str, tuple[str, ...]]:
        sources: dict[str, list[str]] = {}
        for state in self.states:
            for following in self.table[state]:
                sources.setdefault(following, []).append(state)
        return {state: tuple(before) for state, before in sources.items()}

    @cached_property
    def _paths(self) -> dict[Edge, tuple[str, ...] | None]:
        return {}


CREATION_MACHINE = StateMachine(
    initial=SessionState.PENDING,
    table=cast("Mapping[str, frozenset[str]]", VALID_TRANSITIONS),  # its keys are strings
    phases={state: state_to_phase(state) for state in SessionState},
)
"""The machine of ExLab-Wizard's creation sessions (§4.7)."""
