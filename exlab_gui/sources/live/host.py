"""What a live session needs of the server that it is on."""

from typing import Protocol

from exlab_gui.sources.live.client import Client


class Host(Protocol):
    """What a session needs of the server that it is on."""

    @property
    def client(self) -> Client:
        """What asks the server."""

    @property
    def url(self) -> str:
        """The server's address, without credentials."""

    @property
    def version(self) -> str | None:
        """The server's version, once it is known."""

    @property
    def notice(self) -> str:
        """How the connection is, in a sentence."""

    @property
    def connected(self) -> bool:
        """Whether the server answered last."""

    def wake(self) -> None:
        """Look at the sessions that are shown at once."""
