"""Flat machines as SCXML, the State Chart XML of the W3C."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from exlab_gui.machines.description import Description, UnfitError

_BEYOND = ("parallel", "history")


def read(content: bytes) -> Description:
    """Return the machine of an SCXML document; conditions and actions are left out.

    Raises UnfitError for what is no SCXML, or not flat.
    """
    root = _parsed(content)
    if _tag(root) != "scxml":
        raise UnfitError("is no SCXML document: its outermost element is not scxml")
    if beyond := next((tag for one in root.iter() if (tag := _tag(one)) in _BEYOND), None):
        raise UnfitError(f"has a {beyond} element; only flat machines are shown")
    states = [one for one in root if _tag(one) in ("state", "final")]
    for state in states:
        if any(_tag(one) in ("state", "final", "initial") for one in state):
            raise UnfitError(f"has states inside {_id(state)}; only flat machines are shown")
    starts = [one for one in root if _tag(one) == "initial"]
    initial = root.get("initial") or next(
        (target for start in starts for one in start for target in _targets(one)), None
    )
    names = tuple(map(_id, states))
    if initial is not None and initial not in names:
        raise UnfitError(f"has an unknown initial state: {initial}")
    return Description(
        names,
        frozenset(
            (_id(state), target) for state in states for one in state for target in _targets(one)
        ),
        initial or next(iter(names), None),  # the first in document order, says the standard
    )


class _Builder(TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse definitions of entities: a few lines of them can become gigabytes."""
        raise UnfitError("has a DOCTYPE, which SCXML does not need")


def _parsed(content: bytes) -> Element:
    parser = XMLParser(target=_Builder())
    try:
        parser.feed(content)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        raise UnfitError(f"is no XML, in line {line}, column {column + 1}") from None
    except (LookupError, ValueError) as error:  # an unknown encoding
        raise UnfitError(f"is no XML: {error}") from None
    return root


def _targets(element: Element) -> Iterator[str]:
    """Yield where `element` leads to, if it is a transition; without a target it leads nowhere."""
    if _tag(element) != "transition":
        return
    targets = (element.get("target") or "").split()
    if len(targets) > 1:
        raise UnfitError(f"has a transition to several states at once: {' '.join(targets)}")
    yield from targets


def _tag(element: Element) -> str:
    """Return the name of an element without its namespace; that of a comment is empty."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _id(state: Element) -> str:
    return state.get("id") or ""
