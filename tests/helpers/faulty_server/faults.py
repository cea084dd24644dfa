"""How the demo server conducts itself: by default, as a real server was seen to."""

from typing import Annotated

import msgspec

from tests.helpers.faulty_server.malformed import Message, assert_rubbish, rubbish


class Conduct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the server does to answers and to messages of the stream, and what it sends besides.

    Answers and messages have names: ``GET /api/v1/operations``; ``WS /api/v1/sessions/ID/events``
    for the handshake of a stream; ``EVENT /api/v1/sessions/ID/events`` for a message of it.

    Raises ValueError for rubbish that there is none of.
    """

    only: str = ""
    """Only what has this text in its name is spoilt."""

    every: Annotated[int, msgspec.Meta(ge=1)] = 1
    """Of these, one in so many is spoilt: the last of them."""

    times: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """So many are spoilt, then no more."""

    carried_out: bool = False
    """A request whose answer is spoilt is carried out all the same."""

    delay_s: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 0.0
    """The answer or the message comes so many seconds later."""

    drop: bool = False
    """The connection is reset in place of the answer or the message."""

    hang: bool = False
    """Nothing comes any more on this connection."""

    half: bool = False
    """The first half comes, then the connection is closed."""

    drip_s: Annotated[float, msgspec.Meta(ge=0, le=60)] = 0.0
    """An answer comes byte by byte, so many seconds apart."""

    status: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    """The answer is an error of this status; a handshake is refused with it."""

    location: str | None = None
    """Where an answer of another `status`, such as 302, sends the client."""

    rubbish: tuple[str, ...] = ()
    """These, by name, come in place of answers and in front of messages: one each, in turn."""

    raw: tuple[bytes, ...] = ()
    """These come likewise; in JSON they are written as base64."""

    text_messages: bool = False
    """Events are sent as text messages."""

    illegal_transition: bool = False
    """Sessions leave out states that the table does not let them leave out."""

    events_after_end: bool = False
    """A session that has ended sends two more events before its stream is closed."""

    progress: bool = False
    """``progress`` is sent, as documented."""

    failed: bool = False
    """``failed`` is sent, as documented."""

    def __post_init__(self) -> None:
        assert_rubbish(self.rubbish)

    @property
    def spoils_handshakes(self) -> bool:
        """Whether it shows before a stream is open."""
        return bool(self.drop or self.hang or self.delay_s or self.status is not None)

    @property
    def spoils(self) -> bool:
        """Whether it shows in answers and messages at all."""
        other = self.half or self.drip_s or self.rubbish or self.raw
        return bool(other or self.spoils_handshakes)


class Behaviour:
    """The conduct of now, and how often it has shown."""

    def __init__(self, conduct: Conduct | None = None) -> None:
        self.become(conduct or Conduct())

    def become(self, conduct: Conduct) -> None:
        """Follow `conduct` from now on, counting anew."""
        self.conduct = conduct
        self._met = self._spoilt = self._rubbish_sent = 0

    def spoil(self, name: str) -> Conduct | None:
        """Return what to do to the answer or message called `name`; None: nothing."""
        now = self.conduct
        touched = now.spoils_handshakes if name.startswith("WS ") else now.spoils
        if not touched or now.only not in name or self._spoilt == now.times:
            return None
        self._met += 1
        if self._met % now.every:
            return None
        self._spoilt += 1
        return now

    def next_rubbish(self) -> Message | None:
        """Return the rubbish whose turn it is, or None where there is none to send."""
        names, raw = self.conduct.rubbish, self.conduct.raw
        if not names and not raw:
            return None
        turn = self._rubbish_sent % (len(names) + len(raw))
        self._rubbish_sent += 1
        return rubbish(names[turn]) if turn < len(names) else raw[turn - len(names)]
