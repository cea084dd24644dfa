"""Who takes part in a session."""

from enum import StrEnum

from exlab_gui.core.text.translation import translatable


class Actor(StrEnum):
    """One that messages come from or go to, in the order in which a picture shows them."""

    OPERATOR = "operator"
    SESSION = "session"
    PLUGIN = "plugin"
    SERVER = "server"
    """What a server knows of the session besides its events, and the sync."""


ACTOR_NAMES: dict[Actor, str] = translatable(
    {
        Actor.OPERATOR: "Operator",
        Actor.SESSION: "Session",
        Actor.PLUGIN: "Plugin",
        Actor.SERVER: "Server",
    }
)

Between = tuple[Actor, Actor]
"""From whom a message comes, and to whom it goes; twice the same: it stays there."""
