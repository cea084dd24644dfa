"""What the window has to tell of a creation session, from the spec's table written out by hand."""

import re
from datetime import time
from itertools import pairwise

from tests.helpers import names, spec

SPINE = (
    "pending",
    "validating",
    "rendering",
    "plugin_pass",
    "cache_write",
    "post_validate",
    "sync_queued",
    "done",
)

REACHED_FROM = {
    "validating": "pending",
    "rendering": "validating",
    "plugin_pass": "rendering or input_required",
    "input_required": "plugin_pass",
    "cache_write": "plugin_pass",
    "post_validate": "cache_write",
    "sync_queued": "post_validate",
    "done": "sync_queued",
}

OPENED = ("pending", "transition", "", "opened")

_TOLD = {
    "input_required": (
        "sample_sheet: The sample sheet does not say which sample this run belongs to. "
        "(Sample ID, Instrument mode, Date of the run, Calibrated today, Remarks)"
    ),
    "done": "/data/Equipment_01/Project_A/Run_2026-01-31 · sync pending",
    "failed": "internal_error: The simulated session was told to fail.",
}
"""What entering a state tells by default, where that is more than where the session came from."""

Row = tuple[str, str, str, str]
"""State, kind, phase and detail of a row of the log."""


def moved(current: str, new_state: str, told: str | None = None) -> Row:
    """Return the row of a move, which says `told`, or what such a move says by default."""
    kind = spec.KINDS[new_state] or "transition"
    # A failure bears the phase in which it struck.
    phase = spec.PHASES[current if kind == "failed" else new_state] or ""
    return new_state, kind, phase, told or _TOLD.get(new_state, f"{current} → {new_state}")


def rows_of(path: list[str]) -> list[Row]:
    """Return the rows of a session that went `path` by plain moves."""
    return [OPENED, *(moved(*step) for step in pairwise(path))]


def way(current: str, goal: str) -> tuple[str, ...] | None:
    """Return the states on the shortest legal way to `goal`, itself included; None without one."""
    if not spec.FOLLOWING[current] or goal in ("pending", current):
        return None
    if goal in spec.FOLLOWING[current]:
        return (goal,)
    if current == "input_required":
        onward = way("plugin_pass", goal)
        return onward and ("plugin_pass", *onward)
    if goal == "input_required":
        onward = way(current, "plugin_pass")
        return onward and (*onward, "input_required")
    start, end = SPINE.index(current), SPINE.index(goal)
    return SPINE[start + 1 : end + 1] or None


def tip(current: str, goal: str) -> str:
    """Return what the tool tip of the button for `goal` says where that is not legal."""
    if not spec.FOLLOWING[current]:
        return f"The session is over: {current} is a terminal state, nothing follows it."
    if goal == current:
        return f"The session is in {current} now; a state never goes to itself."
    if goal == "pending":
        return f"Not legal from {current}. No state leads to pending."
    said = f"Not legal from {current}. {goal} is reached only from {REACHED_FROM[goal]}"
    steps = way(current, goal)
    if steps is None:
        return f"{said}, and no legal path leads there from {current}."
    return f"{said}: {len(steps)} steps away ({' → '.join(steps)})."


def state_statuses(path: list[str]) -> dict[str, str]:
    """Return the status of each state after a session has entered the states of `path`."""
    statuses = dict.fromkeys(spec.STATES, "idle")
    statuses |= dict.fromkeys(path, "visited")
    statuses |= dict.fromkeys(spec.FOLLOWING[path[-1]], "legal")
    return statuses | {path[-1]: "current"}


def edge_statuses(path: list[str]) -> dict[tuple[str, str], str]:
    """Return the status of each transition after a session has entered the states of `path`."""
    steps = list(pairwise(path))
    statuses = dict.fromkeys(spec.LEGAL, "idle")
    statuses |= dict.fromkeys(steps, "taken")
    statuses |= {(path[-1], following): "legal" for following in spec.FOLLOWING[path[-1]]}
    return statuses | dict.fromkeys(steps[-1:], "last")


def check(path: list[str], rows: list[Row]) -> None:
    """Hold that the window tells of a session that went `path`, and has `rows` in its log."""
    seen = names.seen()
    current = path[-1]
    legal = spec.FOLLOWING[current]
    assert seen.current == current
    assert seen.states == state_statuses(path)
    assert seen.edges == edge_statuses(path)
    assert seen.enabled == legal
    assert seen.tips == {goal: tip(current, goal) for goal in spec.STATES if goal not in legal}
    assert seen.form == (current == "input_required")
    check_rows(seen.rows, rows)


def moves(told: names.Rows) -> list[Row]:
    """Return what the rows of the log tell of moves, without numbers and times."""
    return [(row.state, row.kind, row.phase, row.detail) for row in told]


def check_rows(told: names.Rows, rows: list[Row]) -> None:
    """Hold that the log has `rows`, numbered, and with times that fit each other."""
    assert moves(told) == rows
    assert [row[0] for row in told] == [str(number) for number in range(1, len(rows) + 1)]
    times = [time.fromisoformat(row.time) for row in told]
    assert told[0].delta == ""
    for before, after, row in zip(times, times[1:], told[1:], strict=False):
        delta = re.fullmatch(r"([\d.]+) (ms|s)", row.delta)
        assert delta is not None, row.delta
        lasted = float(delta[1]) / (1000 if delta[2] == "ms" else 1)
        # Both times are cut to the millisecond, and midnight may have passed between them.
        assert abs((_seconds(after) - _seconds(before)) % 86400 - lasted) < 0.0021


def _seconds(at: time) -> float:
    return 3600 * at.hour + 60 * at.minute + at.second + at.microsecond / 1e6
