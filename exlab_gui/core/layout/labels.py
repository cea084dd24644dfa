"""The names of states in their boxes.

The mark of a state's status stands at the left of its name. A short name is in the middle of the
box; a long one gives way to the mark. How wide a name is can only be estimated: pictures are shown
in fonts that are not known here.
"""

from collections.abc import Iterable
from unicodedata import east_asian_width

from exlab_gui.core.layout.geometry import GRID, LABEL_SIZE, Box, Point

LABEL_START = 21.0
"""The space at the left of a state's name: for the mark of its status."""

LABEL_END = GRID
"""The least space at the right of a state's name."""

CHARACTER_WIDTH = 7.0
"""The estimated mean width of a character of the size `LABEL_SIZE`."""


MOST_WIDE = 210.0
"""The most room that a name has: else a single long one would make all others too small."""


def labelled_width(states: Iterable[str]) -> float:
    """Return the width of a box that has room for what is shown of the name of each of `states`."""
    return LABEL_START + min(max(map(_name_width, states)), MOST_WIDE) + LABEL_END


def shown_name(state: str) -> str:
    """Return the name of `state`, without its middle if it is too long: names begin alike."""
    if _name_width(state) <= MOST_WIDE:
        return state
    kept = len(state) - 1
    while kept > 2 and _name_width(_without_middle(state, kept)) > MOST_WIDE:
        kept -= 1
    return _without_middle(state, kept)


def label_middle(box: Box) -> Point:
    """Return where the middle of the name of the state of `box` stands."""
    centred = (box.width - _name_width(shown_name(box.state))) / 2
    return Point(box.centre.x + max(0.0, LABEL_START - max(centred, LABEL_END)), box.centre.y)


def _without_middle(state: str, kept: int) -> str:
    return f"{state[: (kept + 1) // 2]}…{state[len(state) - kept // 2 :]}"


def _name_width(state: str) -> float:
    """Return the width of a name, which may be all capitals, or Chinese."""
    return max(len(state) * CHARACTER_WIDTH, sum(map(_width, state)))


def _width(character: str) -> float:
    """Return the width of a character in a font that is rather wide."""
    if character in "MWmw@%" or east_asian_width(character) in "WF":
        return LABEL_SIZE
    if character in " .,:;'|!()[]fijlrt":
        return 0.4 * LABEL_SIZE
    return (0.75 if character.isupper() else 0.61) * LABEL_SIZE
