"""Whether the event streams of a server are read, as a user can choose it."""

from enum import StrEnum


class StreamChoice(StrEnum):
    """With `AUTO`, the streams are read if that is known to take events from nobody."""

    AUTO = "auto"
    STREAM = "stream"
    POLL = "poll"

    @property
    def streams(self) -> bool | None:
        """What a connection takes: whether to read the streams, or None to decide by the server."""
        return {self.AUTO: None, self.STREAM: True, self.POLL: False}[self]
