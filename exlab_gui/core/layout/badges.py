"""The places of the counts at each state and on each transition, so that none hides another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from exlab_gui.core.layout.geometry import Box, Layout, Point, Route
from exlab_gui.core.machine import Edge

WIDTH, HEIGHT = 22.0, 14.0
"""The least size of a badge, which has room for two digits, or for three small ones."""

TEXT_SIZE, SMALL_TEXT_SIZE = 10, 8
_DIGIT, _COMMA, _INDENT = 7.0, 3.8, 6.0  # of a bold text, in a font that is rather wide

_STEP = 4.0
_APART = 1.0
_ASIDE = sorted(
    ((down, right) for down in range(-56, 57, 8) for right in range(-48, 49, 16)),
    key=lambda step: abs(step[0]) + abs(step[1]),
)
"""How far a label may be from a line that is too short, the nearest places first."""
_NEAR = 250  # places of a line that are looked at, from its beginning
_CELL = 64.0

STRIP_HEIGHT = 10.5
_STRIP_INDENT, _STRIP_BELOW = 6.0, 1.0


class Place(NamedTuple):
    """The middle of a badge of the least width, and how wide it may be.

    A wider one grows to both sides, or to the left only.
    """

    x: float
    y: float
    room: float = WIDTH
    leftwards: bool = False

    def box(self, width: float = WIDTH) -> Box:
        """Return the badge of that width."""
        more = (width - WIDTH) * (1 if self.leftwards else 0.5)
        return Box("", self.x - WIDTH / 2 - more, self.y - HEIGHT / 2, width, HEIGHT)


class Badges(NamedTuple):
    """The places of the badges."""

    states: dict[str, Place]
    edges: dict[Edge, Place]


class BadgeText(NamedTuple):
    """A count as its badge shows it: the text, its size, and the width of the badge."""

    text: str
    size: int
    width: float


def place_badges(layout: Layout) -> Badges:
    """Return the places of the badges: a state's at its corner, a transition's on its line.

    No badge of a transition is on a box or on another badge, as long as the line has room for it.
    It prefers a place where its line is alone, near the beginning. What room is left makes badges
    wider, so that the whole number can be read.
    """
    states = {
        s: Place(box.right - WIDTH / 2 + 6, box.y, leftwards=True)
        for s, box in layout.boxes.items()
    }
    places = {edge: list(islice(_places(route), _NEAR)) for edge, route in layout.routes.items()}
    shared = Counter(chain.from_iterable(map(set, places.values())))
    taken = Taken([*layout.boxes.values(), *(place.box() for place in states.values())])
    edges: dict[Edge, Place] = {}
    # Short lines have the fewest places to choose from.
    for edge in sorted(places, key=lambda edge: len(places[edge])):
        points = places[edge] or [layout.routes[edge].points[0]]
        in_turn = (Place(*point) for point in sorted(points, key=shared.__getitem__))
        free = (place for place in in_turn if taken.is_free(place.box()))
        edges[edge] = next(free, Place(*points[len(points) // 2]))
        taken.add(edges[edge].box())
    widest = _Widest(layout, taken)
    return Badges(
        {state: widest.made(place, layout.boxes[state]) for state, place in states.items()},
        {edge: widest.made(edges[edge]) for edge in layout.routes},
    )


def badge_text(times: int, room: float) -> BadgeText:
    """Return `times` as exactly as there is room for: as 99,999, as 99k, or in small letters."""
    texts = [f"{times:,}"]
    if 1_000 <= times < 1_000_000:
        texts.append(f"{times // 1_000}k")
    short = short_count(times)
    for text in (*texts, short):
        width = max(WIDTH, sum(_COMMA if c in ",." else _DIGIT for c in text) + _INDENT)
        if width <= room:
            return BadgeText(text, TEXT_SIZE, width)
    return BadgeText(short, SMALL_TEXT_SIZE, WIDTH)


def short_count(times: int) -> str:
    """Return `times` in at most three characters, as 999, 45k, .3M or 7M."""
    if times < 1_000:
        return str(times)
    if times < 100_000:
        return f"{times // 1_000}k"
    if times < 1_000_000:
        return f".{times // 100_000}M"
    return f"{min(times // 1_000_000, 99)}M"


def time_strip(box: Box) -> Box:
    """Return where the times of a state stand: in its box, below its name."""
    return Box(
        box.state,
        box.x + _STRIP_INDENT,
        box.bottom - _STRIP_BELOW - STRIP_HEIGHT,
        box.width - 2 * _STRIP_INDENT,
        STRIP_HEIGHT,
    )


def place_labels(
    layout: Layout, routes: Iterable[tuple[Route, float]], height: float
) -> dict[Edge, Box]:
    """Return places for labels of some `routes`, each with the width of its label.

    Each is on its line, apart from the others and from the boxes; or a little above or below the
    line, if it is too short; on a box only if there is no room at all.
    """
    boxes = Taken(layout.boxes.values())
    labels = Taken(())
    found: dict[Edge, Box] = {}
    frame = Box("", 0, 0, layout.width, layout.height)
    for route, width in routes:
        places = list(islice(_places(route), _NEAR)) or [route.points[0]]
        made = [_within(_around(place, width, height), frame) for place in places]
        apart = [box for box in made if labels.is_free(box)] or made
        clear = (box for box in apart if boxes.is_free(box))
        found[route.edge] = next(clear, None) or _beside(apart[len(apart) // 2], boxes, labels)
        labels.add(found[route.edge])
    return found


class Taken:
    """Boxes of which those around a place are found at once."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box, but: tuple[Box, ...] = ()) -> bool:
        """Return whether no box is near `box`, except those in `but`."""
        return not any(
            box.overlaps(other, _APART) and other not in but
            for cell in _cells(box)
            for other in self._cells.get(cell, ())
        )


class _Widest:
    """Gives each badge, one after the other, the most room that is left."""

    def __init__(self, layout: Layout, taken: Taken) -> None:
        self._layout = layout
        self._taken = taken

    def made(self, place: Place, *but: Box) -> Place:
        for digits in ("99,999", "9,999", "999"):
            width = sum(_COMMA if c == "," else _DIGIT for c in digits) + _INDENT
            box = place.box(width)
            inside = box.x >= 0 and box.right <= self._layout.width
            if inside and self._taken.is_free(box, (place.box(), *but)):
                self._taken.add(box)
                return place._replace(room=width)
        return place


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int((box.x - _APART) // _CELL), int((box.right + _APART) // _CELL) + 1):
        for row in range(int((box.y - _APART) // _CELL), int((box.bottom + _APART) // _CELL) + 1):
            yield column, row


def _places(route: Route) -> Iterator[Point]:
    """Yield points of the line, on a grid that is the same for lines that run together."""
    for start, end in route.segments:
        length = abs(end.x - start.x) + abs(end.y - start.y)
        if not length:
            continue
        across, down = (end.x - start.x) / length, (end.y - start.y) / length
        along = start.x * across + start.y * down
        gone = -along % _STEP
        while gone <= length:
            yield Point(start.x + across * gone, start.y + down * gone)
            gone += _STEP


def _around(middle: Point, width: float, height: float) -> Box:
    return Box("", middle.x - width / 2, middle.y - height / 2, width, height)


def _beside(box: Box, boxes: Taken, labels: Taken) -> Box:
    """Return the nearest free place to `box`, above or below it; itself if there is none."""
    for down, right in _ASIDE:
        moved = Box(box.state, box.x + right, box.y + down, box.width, box.height)
        if boxes.is_free(moved) and labels.is_free(moved):
            return moved
    return box


def _within(box: Box, frame: Box) -> Box:
    """Return `box`, moved into `frame` if it has room there."""
    x = max(frame.x, min(box.x, frame.right - box.width))
    y = max(frame.y, min(box.y, frame.bottom - box.height))
    return Box(box.state, x, y, box.width, box.height)
