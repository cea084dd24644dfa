"""Fields as plugins give them that do not conform: a server passes them on, unchecked."""

from typing import Any, NamedTuple


class Shape(NamedTuple):
    """What a plugin gives as ``fields``, what an operator enters, and what has to be sent then.

    `entered` has what the editors hold by the ids of the fields that the operator changes.
    """

    fields: Any
    entered: dict[str, Any]
    sent: dict[str, Any]


def one(entered: Any = None, sent: Any = None, **given: Any) -> Shape:
    """Return the shape of a question for one field; nothing is entered if `entered` is None."""
    key = str(given.get("id", "x"))
    typed = {} if entered is None else {key: entered}
    return Shape([{"id": "x", "label": "X", **given}], typed, {} if sent is None else {key: sent})


GOOD = {"id": "good", "label": "Good", "type": "string"}

SHAPES = {
    # As found with a real server.
    "no label": Shape([{"id": "x", "type": "string"}], {"x": "AB"}, {"x": "AB"}),
    "a number as default": one(sent=5, default=5),
    "an unknown type": one("7", 7, type="int"),
    "options that are numbers": one("2", 2, type="choice", options=[1, 2]),
    "options that are null": one("a", "a", options=None),
    "choice without options": one("a", "a", type="choice"),
    "choice with options that are null": one("a", "a", type="choice", options=None),
    "required is text": one("a", "a", required="yes"),
    "no id": Shape([{"label": "X"}, GOOD], {"good": "a"}, {"good": "a"}),
    "a name in place of the id": Shape([{"name": "x"}], {"x": "a"}, {"x": "a"}),
    "no object": Shape(["x", GOOD], {"good": "a"}, {"good": "a"}),
    "null as a field": Shape([None, GOOD], {"good": "a"}, {"good": "a"}),
    "fields that are null": Shape(None, {}, {}),
    "odd ones among good ones": Shape(
        [GOOD, {"id": "n", "default": 5}, 7, {"id": "b", "label": "B", "type": "boolean"}],
        {"good": "a", "b": True},
        {"good": "a", "n": 5, "b": True},
    ),
    # And others.
    "fields that are an object": Shape({"x": {"type": "string"}}, {}, {}),
    "fields that are text": Shape("x", {}, {}),
    "a number as id": one("a", "a", id=7),
    "an empty id": Shape([{"id": "", "label": "X"}, GOOD], {"good": "a"}, {"good": "a"}),
    "one id twice": Shape([GOOD, {**GOOD, "type": "boolean"}], {"good": "a"}, {"good": "a"}),
    "a number as label": one("a", "a", label=3),
    "a list as type": one("a", "a", type=["string"]),
    "an unknown type with options": one("b", "b", type="select", options=["a", "b"]),
    "an unknown type with a boolean": one(False, False, type="flag", default=True),
    "another name of boolean": one(True, True, type="bool"),
    "another number than the default": one("7.5", 7.5, default=5),
    "text in place of a number": one("n/a", "n/a", type="number"),
    "a boolean as default of text": one(sent=True, default=True),
    "a list as default": one(sent=["a", 1], default=["a", 1]),
    "another list than the default": one("[2]", [2], default=[1]),
    "options of equal text": one('"1"', "1", type="choice", options=[1, "1", 1]),
    "options that are objects": one(
        '{"value":"a"}', {"value": "a"}, type="choice", options=[{"value": "a"}, True, None]
    ),
    "options that are text": one("a", "a", type="choice", options="a,b"),
    "a default that is no option": one("a", "a", type="choice", options=["a"], default="z"),
    "a default of another type": one(sent=2, type="choice", options=[1, 2], default="2"),
    "a default that is no date": one("2026-01-31", "2026-01-31", type="date", default="soon"),
    "a default that is a time": one("2026-01-31", "2026-01-31", type="date", default=1700000000),
    "a boolean in words": one(sent=True, type="boolean", default="yes"),
    "an object as hint": one("a", "a", hint={"text": "as on the tube"}),
    "a number as required": one("a", "a", required=1),
    "a key of this program": one("a", "a", label=None, odd={"remarks": ["mine"]}),
}
"""Each by what is odd about it."""

assert len(SHAPES) >= 14 + 20
