"""Reading a recording from its file, block by block."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from exlab_gui.core.files import open_file
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.trace import line as lines
from exlab_gui.core.trace.header import TraceError, read_header

BLOCK = 2**16
"""The bytes that are read at a time: less than a millisecond's work."""

_decode_events = msgspec.json.Decoder(Event).decode_lines
_encode_events = msgspec.json.Encoder().encode_lines


class Problem(NamedTuple):
    """A part of a file that could not be read, at `line` from 1 and `offset` in bytes."""

    line: int
    offset: int
    sentence: str


class TraceReader:
    """A recording's file, open to be read once from its beginning to its end.

    Iterating over it yields the readable events, block by block, and fills `problems`. `done` of
    `size` bytes have been read. With `exact`, messages are kept as they came, and `originals` has
    what `Recording` needs to write the same bytes again.

    Raises TraceError, and nothing else, if the file is not a recording that can be shown.
    """

    def __init__(self, path: str | Path, *, exact: bool = True) -> None:
        self._file, self.size = open_file(Path(path), TraceError)
        try:
            header_line = self._file.readline(lines.MAX_LENGTH)
            self.header = read_header(header_line)
        except OSError as error:
            self._file.close()
            raise TraceError(f"The file cannot be read: {error.strerror}.") from None
        except TraceError:
            self._file.close()
            raise
        self.done = len(header_line)
        self.problems: list[Problem] = []
        self.originals = {0: header_line} if exact else {}
        self._strays = bytearray()  # lines without an event, since the last one with an event
        self._exact = exact
        self._states = set(self.header.machine.table)  # their names are safe to show
        self._lines = 1
        self._events = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[list[Event]]:
        for block in self._blocks():
            events = None if self._strays else self._whole(block)
            if events is None:
                events = self._line_by_line(block)
            else:
                self._lines += len(events)
            self._events += len(events)
            self.done += len(block)
            yield events
        if self._strays:
            self.originals[self._events + 1] = bytes(self._strays)
        if self.done < self.size:
            self._report(self._lines + 1, self.done, "The file became shorter while it was read.")
        elif not self._events:
            self._report(self._lines + 1, self.done, "The file holds no event.")

    def _blocks(self) -> Iterator[bytes]:
        """Yield blocks of whole lines; the last may lack its line break."""
        pieces: list[bytes] = []
        while piece := self._read():
            if end := piece.rfind(b"\n") + 1:
                yield b"".join((*pieces, piece[:end]))
                pieces = []
            pieces.append(piece[end:])
        if rest := b"".join(pieces):
            yield rest

    def _read(self) -> bytes:
        try:
            return self._file.read(BLOCK)
        except OSError as error:
            self._report(
                self._lines + 1, self.done, f"The file cannot be read further: {error.strerror}."
            )
            return b""

    def _whole(self, block: bytes) -> list[Event] | None:
        """Return the events of `block`, or None if it must be read line by line."""
        if len(block) > BLOCK + lines.MAX_LENGTH:
            return None
        try:
            events = _decode_events(block)
        except UNREADABLE:
            return None
        if self._exact:
            # A message of unknown shape is written in another way than by msgspec alone.
            plain = _encode_events(events) == block and {event.wire for event in events} == {None}
        else:
            plain = len(events) == block.count(b"\n")
        times = [event.at for event in events]
        if not plain or min(times) < lines.EARLIEST or max(times) > lines.LATEST:
            return None
        if strange := {event.state for event in events} - self._states:
            if any(sanitize(state, MAX_NAME) != state for state in strange):
                return None
            self._states |= strange
        return events

    def _line_by_line(self, block: bytes) -> list[Event]:
        events: list[Event] = []
        offset = self.done
        for line in io.BytesIO(block):
            self._lines += 1
            event = self._event(line, offset)
            if event is not None:
                events.append(event)
            if self._exact and (event is None or self._strays or lines.encode_event(event) != line):
                self._strays += line
                if event is not None:
                    self.originals[self._events + len(events)] = bytes(self._strays)
                    self._strays.clear()
            offset += len(line)
        return events

    def _event(self, line: bytes, offset: int) -> Event | None:
        try:
            return lines.decode_event(line)
        except lines.LineError as error:
            cut_off = not line.endswith(b"\n")
            self._report(
                self._lines, offset, "The last line is cut off." if cut_off else str(error)
            )
            return None

    def _report(self, line: int, offset: int, sentence: str) -> None:
        self.problems.append(Problem(line, offset, sentence))
