"""Reading a recording from its file, block by block."""

import io
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from exlab_gui.core.clock import EARLIEST, LATEST, can_be_shown
from exlab_gui.core.files import open_file
from exlab_gui.core.protocol.depth import is_too_deep
from exlab_gui.core.protocol.envelopes import ENVELOPES
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.wire import UNREADABLE, is_odd
from exlab_gui.core.text.json_text import to_json_lines
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import line as lines
from exlab_gui.core.trace.header import TraceError, read_header

BLOCK = 2**16
"""The bytes that are read at a time: less than a millisecond's work."""

LONGEST = 2**26
"""A longer line, in bytes, ends the reading: each is kept, so that it can be written again."""

MAX_PROBLEMS = 1_000
"""Further ones are counted."""

_decode_events = msgspec.json.Decoder(Event).decode_lines

_FLAT = {type(None)} | {one for one in ENVELOPES.values() if not one.__struct_config__.gc}
"""The types of envelopes that hold no objects and lists."""


class Problem(NamedTuple):
    """A part of a file that could not be read, at `line` from 1 and `offset` in bytes."""

    line: int
    offset: int
    sentence: str

    def __str__(self) -> str:
        return phrase("line {line:,}: {sentence}", line=self.line, sentence=self.sentence)


class TraceReader:
    """A recording's file, open to be read once from its beginning to its end.

    Iterating over it yields the readable events, block by block, and fills `problems`. `done` of
    `size` bytes have been read; what is written to the file meanwhile is not. With `exact`,
    `originals` has what `Recording` needs to write the same bytes again.

    Raises TraceError, and nothing else, if the file is not a recording that can be shown.
    """

    def __init__(self, path: str | Path, *, exact: bool = True) -> None:
        self._file, self.size = open_file(Path(path), TraceError)
        try:
            header_line = self._file.readline(lines.MAX_LENGTH)
            self.header = read_header(header_line)
        except OSError as error:
            self._file.close()
            raise TraceError(
                phrase("The file cannot be read: {reason}.", reason=error.strerror)
            ) from None
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
        # From which event on how many lines without an event stand before it, but the header.
        self._skipped = [(0, 0)]
        self._reported = 0
        self._why_ended = ""
        created = self.header.created
        if not can_be_shown(created):
            self._report(
                1, 0, phrase('The time "created" is of the year {year}.', year=created.year)
            )
            shown = min(max(created, EARLIEST), LATEST)
            self.header = msgspec.structs.replace(self.header, created=shown)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[list[Event]]:
        for block in self._blocks():
            events = None if self._strays else self._as_written(block)
            if events is None:
                events = self._line_by_line(block)
            else:
                self._lines += len(events)
            self._events += len(events)
            self.done += len(block)
            yield events
        if self._strays:
            self.originals[self._events + 1] = bytes(self._strays)
        for why in (self._why_ended, "" if self._events else phrase("The file holds no event.")):
            if why:
                self._report(self._lines + 1, self.done, why)
        if (more := self._reported - MAX_PROBLEMS) > 1:
            told = phrase("From here on, {more:,} more lines cannot be read.", more=more)
            self.problems[-1] = self.problems[-1]._replace(sentence=told)

    def line_of(self, index: int) -> int:
        """Return the number of the line, from 1, of an event that was read, by its index."""
        place = bisect_right(self._skipped, index, key=lambda skipped: skipped[0]) - 1
        return index + 2 + self._skipped[place][1]

    def _blocks(self) -> Iterator[bytes]:
        """Yield blocks of whole lines; the last may lack its line break."""
        pieces: list[bytes] = []
        rest = self.size - self.done
        held = 0
        while rest:
            try:
                piece = self._file.read(min(rest, BLOCK))
            except OSError as error:
                self._why_ended = phrase(
                    "The file cannot be read further: {reason}.", reason=error.strerror
                )
                return
            if not piece:
                self._why_ended = phrase("The file became shorter while it was read.")
                break
            rest -= len(piece)
            if end := piece.rfind(b"\n") + 1:
                yield b"".join((*pieces, piece[:end]))
                pieces, held = [], 0
            pieces.append(piece[end:])
            held += len(piece) - end
            if held > LONGEST:
                longest = f"{LONGEST // 2**20} MiB"
                self._why_ended = phrase(
                    "It is longer than {longest}. The rest of the file is not read.",
                    longest=longest,
                )
                return
        if last := b"".join(pieces):
            yield last

    def _as_written(self, block: bytes) -> list[Event] | None:
        """Return the events of `block` if each line is as this program writes it, else None.

        This is what reading line by line gives, in a fraction of the time.
        """
        if len(block) > lines.MAX_LENGTH:
            return None
        try:
            events = _decode_events(block)
        except UNREADABLE:
            return None
        # A message of unknown shape is written in another way than by msgspec alone.
        if to_json_lines(events) != block or {event.wire for event in events} != {None}:
            return None
        times = [event.at for event in events]
        times += (event.earliest for event in events if event.earliest)
        if not (can_be_shown(min(times)) and can_be_shown(max(times))):
            return None
        nested = {type(event.envelope) for event in events} - _FLAT or any(
            event.cause for event in events
        )
        if nested and (
            any(map(is_too_deep, block.splitlines()))
            or any(is_odd(event.envelope) for event in events)
        ):
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
                self._note_line(self._events + len(events))
                events.append(event)
            if self._exact and (event is None or self._strays or lines.encode_event(event) != line):
                self._strays += line
                if event is not None:
                    self.originals[self._events + len(events)] = bytes(self._strays)
                    self._strays.clear()
            offset += len(line)
        return events

    def _note_line(self, index: int) -> None:
        skipped = self._lines - 2 - index
        if skipped != self._skipped[-1][1]:
            self._skipped.append((index, skipped))

    def _event(self, line: bytes, offset: int) -> Event | None:
        try:
            return lines.decode_event(line)
        except lines.LineError as error:
            cut_off = not line.endswith(b"\n")
            self._report(
                self._lines, offset, phrase("The last line is cut off.") if cut_off else str(error)
            )
            return None

    def _report(self, line: int, offset: int, sentence: str) -> None:
        self._reported += 1
        if self._reported <= MAX_PROBLEMS + 1:
            self.problems.append(Problem(line, offset, sentence))
