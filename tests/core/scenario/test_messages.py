"""What does not fit a scenario's keys and types is told in words, with the path to it."""

from typing import get_args

import msgspec
import pytest

from exlab_gui.core.protocol.envelopes import Envelope, Field, PhaseEnvelope
from exlab_gui.core.scenario.json_positions import JSONText
from exlab_gui.core.scenario.messages import schema_fault, unknown_keys
from exlab_gui.core.scenario.scenario import Scenario, Step

HEAD = b'{"format": "exlab-scenario", "title": "T", "steps": ['


def fault(step):
    """Return the path to what is wrong with a scenario of this step, and what it is."""
    text = JSONText(HEAD + step + b"]}")
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert(text.value, Scenario)
    return schema_fault(text, refused.value)


@pytest.mark.parametrize(
    ("step", "path", "told"),
    [
        (b'{"do": "enter"}', (), '"state" is missing'),
        (b'{"do": "enter", "after": -1}', ("after",), '"after" must be at least 0'),
        (b'{"do": "wait", "seconds": 1e6}', ("seconds",), '"seconds" must be at most 604,800'),
        (
            b'{"do": "cancel", "discard_files": "no"}',
            ("discard_files",),
            '"discard_files" must be true or false, not text',
        ),
        (
            b'{"do": "enter", "state": "s", "emits": {"kind": "input_required", "plugin": "p",'
            b' "reason": "r", "fields": [{"id": "a", "label": "A", "default": 1.5}]}}',
            ("emits", "fields", 0, "default"),
            '"default" must be true or false or text or null, not a number',
        ),
        (
            b'{"do": "enter", "state": "s", "emits": {"kind": "input_required", "plugin": "p",'
            b' "reason": "r", "fields": [{"id": "a", "label": "A", "options": ["x", null]}]}}',
            ("emits", "fields", 0, "options", 1),
            'entry 2 of "options" must be text, not null',
        ),
    ],
)
def test_what_does_not_fit(step, path, told):
    """A key that is missing, or whose value is of the wrong type or size, is named."""
    assert fault(step) == (("steps", 0, *path), told)


@pytest.mark.parametrize(
    ("step", "choices"),
    [
        (b'{"do": "?"}', [step.__struct_config__.tag for step in get_args(Step)]),
        (
            b'{"do": "emit", "envelope": {"kind": "?"}}',
            [envelope.__struct_config__.tag for envelope in get_args(Envelope)],
        ),
        (
            b'{"do": "enter", "state": "s", "emits": {"kind": "input_required", "plugin": "p",'
            b' "reason": "r", "fields": [{"id": "a", "label": "A", "type": "?"}]}}',
            ["string", "text", "choice", "date", "boolean"],
        ),
    ],
)
def test_where_only_certain_values_may_stand(step, choices):
    """A value that is not among those that there are brings them all up."""
    assert fault(step)[1].endswith(f"Known: {', '.join(choices)}.")


def test_unknown_keys_are_found_however_deep():
    """Each key that was not taken is found in its place, in structures and in lists of them."""
    raw = {"a": 1, "id": "x", "label": "X", "hnit": "h"}
    assert [path for path, _ in unknown_keys(raw, Field("x", "X"))] == [("a",), ("hnit",)]
    found = dict(unknown_keys([{"id": "x"}, raw], (Field("x", "X"), Field("x", "X"))))
    assert found[1, "hnit"].startswith('"hnit" is not a key here; did you mean "hint"?')


def test_the_tag_of_a_structure_is_a_known_key():
    """The key that says of which kind a structure is counts as taken."""
    raw = {"kind": "phase", "phase": "p", "at": ""}
    assert list(unknown_keys(raw, PhaseEnvelope("p", ""))) == []


def test_free_content_has_no_unknown_keys():
    """What may hold anything is not looked into."""
    raw = {"title": "T", "request": {"anything": [{"at": "all"}]}, "steps": []}
    scenario = Scenario(title="T", request=raw["request"], steps=())
    assert list(unknown_keys(raw, scenario)) == []
