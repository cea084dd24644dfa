"""What is said of two sessions that are compared."""

from collections.abc import Sequence
from datetime import timedelta

from exlab_gui.core.analysis.compare import Comparison, Difference, Divergence, Side
from exlab_gui.core.analysis.outcome import headline
from exlab_gui.core.analysis.status import session_meaning
from exlab_gui.core.meaning import STATUS_WORDS
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.translation import told, tr

_SHOWN = 8


def heading(label: str, side: Side) -> str:
    """Return a session's name, how it stands, and why if it did not end well."""
    said = f"{label}: {_standing(side)}"
    if not side.is_over or session_meaning(side.visits) == "success":
        return said
    return ". ".join(filter(None, (said, told(headline(side.visits).text))))


def lasted(result: Comparison, row: int) -> list[str]:
    """Return the time of the visit that each session has in `row`, or why there is none."""
    texts = []
    for side, place in zip(result.sides, result.pairs[row], strict=True):
        if place is None:
            texts.append(tr("not entered"))
        elif (span := side.lasted(place)) is None:
            texts.append(_standing(side))
        elif side.visits.visit(place).end is None:
            texts.append(tr("{time} so far", time=span.text(3)))
        else:
            texts.append(told(span.text(3)))
    return texts


def difference(found: Difference | None) -> str:
    """Return how much longer the second visit took; "≈" if a time is not known exactly."""
    if found is None:
        return ""
    time = duration(found.time, 3)
    sign = "+" if found.time > timedelta(0) and time != duration(timedelta(0)) else ""
    return ("" if found.is_exact else "≈ ") + sign + told(time)


def only_in(result: Comparison, labels: tuple[str, str], row: int) -> str:
    """Return which session alone has the visit of `row`; empty if both have it."""
    if not result.pairs[row].differs:
        return ""
    label = labels[0] if result.pairs[row].second is None else labels[1]
    return tr("Only in {session}", session=label)


def summary(result: Comparison, labels: tuple[str, str]) -> str:
    """Return where the sessions diverge, and where one of them took longest."""
    return "\n".join(filter(None, (_paths(result, labels), _largest(result, labels))))


def _standing(side: Side) -> str:
    """Return in a word how a session stands: Failed, Flawed, Running."""
    return tr(STATUS_WORDS[session_meaning(side.visits)])


def _paths(result: Comparison, labels: tuple[str, str]) -> str:
    if not result.diverged:
        return tr("Both entered the same states: {path}.", path=_path(result.common))
    where = (
        tr("after {common}", common=result.common[-1]) if result.common else tr("from the start")
    )
    return tr(
        "They diverge {where}.\n{first}\n{rest}",
        where=where,
        first=_rest(labels[0], result.first),
        rest=_rest(labels[1], result.second),
    )


def _largest(result: Comparison, labels: tuple[str, str]) -> str:
    found = None if result.largest is None else result.difference(result.largest)
    if result.largest is None or found is None:
        return ""
    return tr(
        "The largest difference: {session} was {time} longer in {state}.",
        session=labels[found.time > timedelta(0)],
        time=duration(abs(found.time), 3),
        state=result.state(result.largest),
    )


def _rest(label: str, rest: Divergence) -> str:
    if not rest.states:
        return tr("{label} has no later states.", label=label)
    return tr("{label} then entered {path}.", label=label, path=_path(rest.states))


def _path(states: Sequence[str]) -> str:
    more = tr(" → … ({more:,} more)", more=len(states) - _SHOWN) if len(states) > _SHOWN else ""
    return f"{' → '.join(states[:_SHOWN])}{more}"
