"""What the overlay says of states and transitions."""

import pytest

from exlab_gui.core.analysis.distribution import distribution
from exlab_gui.core.analysis.path_times import PERCENTS, PathTimes, Spent
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.overlay import Slowness, times_overlay


def spent(*seconds, unsure=0):
    times = distribution(sorted(round(1e6 * one) for one in seconds), PERCENTS)
    return Spent(len(seconds), times, unsure)


def overlay(**states):
    return times_overlay(CREATION_MACHINE, PathTimes(3, states, {}), "open")


def test_a_state_has_its_median_and_its_90th_percentile():
    """They are told in short on the diagram, and in words everywhere else."""
    mark = overlay(rendering=spent(1, 2, 30)).states["rendering"]
    assert mark.times == "2.0 s · 24 s"
    assert mark.told == "rendering: 3 times, median 2.0 s, 90th percentile 24 s"


def test_what_was_never_entered_says_so():
    mark = overlay().states["done"]
    assert (mark.count, mark.times, mark.told) == (0, "", "done: never")


def test_slow_states_are_told_by_comparison():
    """From three states with times on; waiting for an answer is nothing that could be faster."""
    shown = overlay(
        pending=spent(1), rendering=spent(3), plugin_pass=spent(10), input_required=spent(900)
    )
    slowness = {state: mark.slowness for state, mark in shown.states.items() if mark.times}
    assert slowness == {
        "pending": Slowness.USUAL,
        "rendering": Slowness.SLOW,
        "plugin_pass": Slowness.SLOWEST,
        "input_required": Slowness.USUAL,
    }
    assert shown.states["plugin_pass"].told.endswith(", among the slowest")
    two = overlay(pending=spent(1), rendering=spent(3))
    assert {mark.slowness for mark in two.states.values()} == {Slowness.USUAL}


def test_times_that_nobody_saw_are_no_facts():
    """They are marked as estimates; a state that was hardly observed is not called slow."""
    shown = overlay(
        pending=spent(1), rendering=spent(9, 9, unsure=2), validating=spent(1), cache_write=spent(2)
    )
    mark = shown.states["rendering"]
    assert mark.times == "≈ 9.0 s · 9.0 s"
    assert "(estimated: 2 of 2 not observed)" in mark.told
    assert mark.slowness is Slowness.USUAL


def test_the_description_tells_the_slowest_first():
    """Who reads the diagram hears what is seen, and of how many sessions."""
    told = overlay(pending=spent(1), rendering=spent(3)).description
    assert told == (
        "Times of 3 open sessions. rendering: 1 time, median 3.0 s, 90th percentile 3.0 s. "
        "pending: 1 time, median 1.0 s, 90th percentile 1.0 s"
    )
    assert overlay().description == "Times of 3 open sessions: none yet"


@pytest.mark.parametrize(("n", "told"), [(1, "1 time,"), (1200, "1,200 times,")])
def test_counts_have_separators(n, told):
    shown = overlay(pending=Spent(n, distribution([1_000_000], PERCENTS)))
    assert told in shown.states["pending"].told


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (("running",), "2 archived sessions, none in a state of this machine"),
        (
            ("running", "pending"),
            "2 archived sessions, some in states that this machine does not have",
        ),
        (("pending",), "2 archived sessions"),
    ],
)
def test_sessions_of_another_machine_are_told(states, said):
    """Zeros everywhere would look as if nothing had happened."""
    times = PathTimes(2, {state: Spent(1) for state in states}, {})
    overlay = times_overlay(CREATION_MACHINE, times, "archived")
    assert overlay.title == f"Median · 90th percentile of {said}"
    assert said in overlay.description
