"""A recorded session: shown and played, and never changed."""

from datetime import datetime

from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import Recording
from exlab_gui.sources.metadata import SessionInfo, info_of
from exlab_gui.sources.source import SessionSource, SourceTraits


class ReplaySource(SessionSource):
    """The session of a recording, by the recording's own machine; it takes no command."""

    traits = SourceTraits(
        origin="recorded",
        short=phrase("Recorded"),
        title=phrase("Recorded session"),
        icon="replay",
        commands=frozenset(),
        refusal=phrase("A recording cannot be changed. Fork it to continue from here."),
        grows=False,
    )

    def __init__(self, label: str, recording: Recording) -> None:
        super().__init__()
        self.machine = recording.machine
        self.history = recording.events
        self._recording = recording
        self._info = info_of(label, recording.header.request)._replace(
            problems=list(map(str, recording.problems)),
            fork=recording.header.fork,
        )

    @property
    def info(self) -> SessionInfo:
        return self._info

    def now(self) -> datetime:
        return self.history[-1].at

    def recording(self) -> Recording:
        return self._recording
