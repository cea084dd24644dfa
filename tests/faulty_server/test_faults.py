"""Which answers and messages are spoilt."""

import pytest

from tests.helpers.faulty_server.faults import Behaviour, Conduct
from tests.helpers.faulty_server.malformed import RUBBISH, rubbish

ANSWER, HANDSHAKE, MESSAGE = "GET /a", "WS /a/events", "EVENT /a/events"


def spoilt(behaviour, *names):
    """Return, for each of the names, whether it is spoilt."""
    return [behaviour.spoil(name) is not None for name in names]


def test_by_default_nothing_is_spoilt():
    """The default is the conduct of a real server."""
    assert not any(spoilt(Behaviour(), ANSWER, HANDSHAKE, MESSAGE))


def test_only_what_is_named_is_spoilt():
    """What has the text in its method or path is spoilt, and nothing else."""
    assert spoilt(Behaviour(Conduct(drop=True, only="EVENT")), ANSWER, HANDSHAKE, MESSAGE) == [
        False,
        False,
        True,
    ]
    assert spoilt(Behaviour(Conduct(drop=True, only="/events")), ANSWER, HANDSHAKE, MESSAGE) == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "conduct", [Conduct(half=True), Conduct(rubbish=("html",)), Conduct(raw=(b"",))]
)
def test_what_does_not_show_in_a_handshake_is_not_counted_there(conduct):
    """A handshake uses up none of the times of what only spoils messages."""
    assert spoilt(Behaviour(conduct), HANDSHAKE, MESSAGE) == [False, True]


def test_one_in_so_many():
    """Of every three the last is spoilt."""
    behaviour = Behaviour(Conduct(drop=True, every=3))
    assert spoilt(behaviour, *[ANSWER] * 6) == [False, False, True, False, False, True]


def test_so_many_times():
    """After so many it is over; another conduct starts counting anew."""
    behaviour = Behaviour(Conduct(drop=True, times=2))
    assert spoilt(behaviour, *[ANSWER] * 4) == [True, True, False, False]
    behaviour.become(Conduct(hang=True, times=1))
    assert spoilt(behaviour, *[ANSWER] * 2) == [True, False]


def test_rubbish_comes_in_turn():
    """Rubbish by name comes first, then the raw bytes, then the first again."""
    behaviour = Behaviour(Conduct(rubbish=("html", "text"), raw=(b"raw",)))
    turns = [behaviour.next_rubbish() for _ in range(4)]
    assert turns == [rubbish("html"), rubbish("text"), b"raw", rubbish("html")]
    assert Behaviour().next_rubbish() is None


def test_unknown_rubbish_is_refused():
    """The sentence names what there is, and what may be meant."""
    with pytest.raises(ValueError, match='"htm" is not rubbish; did you mean "html"'):
        Conduct(rubbish=("htm",))


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_differs(name):
    """Each kind of rubbish is something else, and the same every time."""
    assert rubbish(name) == rubbish(name)
    assert [other for other in RUBBISH if rubbish(other) == rubbish(name)] == [name]
