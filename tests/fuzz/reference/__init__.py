"""A reader and judge of recordings, written from ``docs/recordings.md`` with nothing but json.

It is slow, simple, and shares no code with the program, so that the two can be held together.
"""

from tests.fuzz.reference.envelopes import is_envelope
from tests.fuzz.reference.judging import judge
from tests.fuzz.reference.parsing import BadError, UnclearError, parse
from tests.fuzz.reference.reading import read

__all__ = ["BadError", "UnclearError", "is_envelope", "judge", "parse", "read"]
