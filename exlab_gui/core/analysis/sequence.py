"""The events of a session as messages between those that take part in it."""

from typing import NamedTuple

from exlab_gui.core.protocol.actors import ACTOR_NAMES, Actor, Between
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.describe import describe
from exlab_gui.core.text.translation import phrase

_OPENED = Actor.OPERATOR, Actor.SESSION
_WITHIN = Actor.SESSION, Actor.SESSION


class Message(NamedTuple):
    """One event: from whom to whom, what it says, and the state that the session is in then.

    `enters`: the session entered that state with it.
    """

    between: Between
    text: str
    state: str
    enters: bool

    @property
    def is_within(self) -> bool:
        """Whether it concerns the session alone."""
        return self.between[0] is self.between[1]

    @property
    def spoken(self) -> str:
        """The message in one line."""
        if self.is_within:
            return f"{self.state}: {self.text}" if self.text else self.state
        sender, receiver = (phrase(ACTOR_NAMES[actor]) for actor in self.between)
        return phrase(
            "{sender} → {receiver}: {text}", sender=sender, receiver=receiver, text=self.text
        )


def message(event: Event, before: Event | None) -> Message:
    """Return what `event`, which came after `before`, says to whom."""
    enters = event.enters(before.state if before is not None else None)
    return Message(_between(event), describe(event), event.state, enters)


def _between(event: Event) -> Between:
    """Return whom an event concerns: as its envelope says, else its cause."""
    if event.envelope is not None:
        return event.envelope.between
    if event.cause is not None:
        return event.cause.between
    return _OPENED if event.seq == 1 else _WITHIN
