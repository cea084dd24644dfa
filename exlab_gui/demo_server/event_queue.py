"""The one queue of events that a session has, shared by everybody who listens to it."""

import asyncio

from exlab_gui.demo_server.malformed import Message


class EventQueue:
    """Messages that wait from the session's opening until somebody takes them.

    Each message goes to one listener, and so does the end: whoever asks after that waits for ever.
    """

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Message | None] = asyncio.Queue()

    def put(self, message: Message) -> None:
        """Let `message` wait for a listener."""
        self._waiting.put_nowait(message)

    def end(self) -> None:
        """Let the end wait for a listener."""
        self._waiting.put_nowait(None)

    async def take(self) -> Message | None:
        """Wait for the next message and take it away from everybody else; None is the end."""
        return await self._waiting.get()
