"""A file is a scenario, or is refused in one line that says what is wrong, and where."""

import json
import os
import re
from contextlib import suppress
from copy import deepcopy

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.bundled_scenarios import bundled_scenarios
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.scenario.file import MAX_BYTES, ScenarioError, load_scenario, parse_scenario
from exlab_gui.core.scenario.scenario import MAX_DELAY_S, MAX_STEPS, MAX_WAIT_S, Enter, Scenario
from tests.helpers import spec
from tests.helpers.pipes import make_pipe
from tests.helpers.strategies import json_values

MINIMAL = {"format": "exlab-scenario", "version": 1, "title": "T", "steps": []}
BUNDLED = [path.read_bytes() for path in bundled_scenarios().values()]


def enter(state, **keys):
    return {"do": "enter", "state": state, **keys}


VALIDATING = enter("validating")
RENDERING = enter("rendering")


def written(*steps, **keys):
    """Return a file with these steps and keys, a value per line; a key that is ... is left out."""
    content = {**MINIMAL, "steps": list(steps), **keys}
    content = {key: value for key, value in content.items() if value is not ...}
    return json.dumps(content, indent=1).encode()


def refusal(data):
    """Return why `data` is refused."""
    with pytest.raises(ScenarioError) as refused:
        parse_scenario(data, "my.json")
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    return message


def test_a_scenario_is_what_its_file_says():
    """Every key of a file is found in the scenario, and what is left out has its default."""
    full = parse_scenario(
        written({**VALIDATING, "after": 0.4}, kind="project", description="D", request={"a": [1]}),
        "my.json",
    )
    assert full == Scenario(
        title="T",
        kind="project",
        description="D",
        request={"a": [1]},
        steps=(Enter("validating", after=0.4),),
    )
    assert parse_scenario(written(VALIDATING), "my.json") == Scenario(
        title="T", steps=(Enter("validating", after=0.6),)
    )


@pytest.mark.parametrize(("current", "new_state"), spec.PAIRS)
def test_all_pairs(current, new_state):
    """Of the 121 pairs, a file with one of the 25 legal ones loads; the others are refused.

    The refusal names the file, the line, the step and both states.
    """
    way = spec.WAYS[current]
    data = written(*map(enter, (*way, new_state)))
    if new_state in spec.FOLLOWING[current]:
        assert parse_scenario(data, "my.json").steps[-1] == Enter(new_state)
    else:
        line = 6 + 4 * len(way)
        place = f"my.json, line {line}, step {len(way) + 1}: {current} → {new_state}: "
        assert refusal(data).startswith(place)


def test_the_message_for_an_illegal_step():
    """An illegal step is told with what would lead there."""
    assert refusal(written(VALIDATING, enter("done"))) == (
        "my.json, line 10, step 2: validating → done: Not legal from validating. done is reached "
        "only from sync_queued: 6 steps away "
        "(rendering → plugin_pass → cache_write → post_validate → sync_queued → done)."
    )


def test_another_machine():
    """A scenario is held to the machine that it is loaded for."""
    machine = StateMachine("off", {"off": frozenset({"on"}), "on": frozenset()}, {})
    assert parse_scenario(written(enter("on")), "my.json", machine).steps == (Enter("on"),)
    with pytest.raises(ScenarioError, match='"validating" is not a state'):
        parse_scenario(written(VALIDATING), "my.json", machine)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "my.json: the file is empty."),
        (b"\xef\xbb\xbf \n", "my.json: the file is empty."),
        (b"[]", 'my.json: not a scenario: it must begin {"format": "exlab-scenario", …'),
        (b"{}", 'my.json: not a scenario: it must begin {"format": "exlab-scenario", …'),
        (written(format="exlab-trace"), "my.json: not a scenario"),
        (written(version=...), 'my.json: "version" must be 1.'),
        (written(version=True), 'my.json: "version" must be 1.'),
        (written(version="1"), 'my.json: "version" must be 1.'),
        (
            written(version=2),
            "my.json: version 2 of the scenario format is newer than this program, "
            "which reads version 1.",
        ),
        (b'{\n "a": 1\n "b"}', "my.json, line 3, column 2: a comma is expected."),
        (b'{\n"a": "\xe4"}', "my.json, line 2: the text is not encoded as UTF-8."),
        (b'{"a": 1,\n "a": 2}', 'my.json: "a" is twice in the same object.'),
        (
            written(VALIDATING, request=float("nan")),
            "my.json: it is not JSON, from byte ",
        ),
        (b'{"a": ' + b"9" * 5_000 + b"}", "my.json: a number has more than 4,300 digits."),
        (b"[" * 100_000, "my.json: more than 40 objects and lists are inside one another."),
        (b"[" * 41 + b"]" * 41, "my.json: more than 40 objects and lists are inside one another."),
        (
            b" " * (MAX_BYTES + 1),
            "my.json: the file is too large, 1,048,577 bytes; a scenario has at most 1,048,576.",
        ),
    ],
)
def test_what_is_no_scenario_file(data, message):
    """What is not JSON, or no scenario that this program reads, is refused as such."""
    assert refusal(data).startswith(message)


ASKING = {"kind": "input_required", "plugin": "p", "reason": "r", "fields": [{"id": "a"}]}
HINTED = {**ASKING, "fields": [{"id": "a", "label": "A", "hnit": "h"}]}


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        ({"title": ...}, "title"),
        ({"titel": "T"}, '"titel" is not a key here; did you mean "title"? Known: format, '),
        ({"title": 3}, "title"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"kind": "runn"}, "kind"),
        ({"request": []}, "request"),
        ({"request": {"steps": []}, "steps": []}, "steps"),
        ({"steps": ...}, "steps"),
        ({"steps": {}}, "steps"),
        ({"steps": [VALIDATING] * 10_001}, "steps"),
    ],
)
def test_wrong_keys_of_the_file(keys, where):
    """A key of the file that is missing, unknown or of the wrong type is named."""
    message = refusal(written(**{"steps": [VALIDATING], **keys}))
    assert message.startswith("my.json: ")
    assert where in message


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({}, "steps[1]"),
        (3, "steps[1]"),
        ({"do": "entr"}, "steps[1].do"),
        ({"do": "enter"}, '"state" is missing'),
        (enter("rendring"), '"rendring" is not a state; did you mean "rendering"?'),
        (enter(None), "steps[1].state"),
        (enter("rendering", aftr=1), '"aftr" is not a key here; did you mean "after"?'),
        (enter("rendering", after="1"), "steps[1].after"),
        (enter("rendering", after=-0.1), "steps[1].after"),
        (enter("rendering", after=1e308), f"<= {MAX_DELAY_S}"),
        ({"do": "wait", "seconds": 0}, "steps[1].seconds"),
        ({"do": "wait", "seconds": 1e9}, f"<= {MAX_WAIT_S}"),
        ({"do": "cancel", "discard_files": 1}, "steps[1].discard_files"),
        ({"do": "fail", "error": {"message": "m"}}, '"code" is missing in "steps[1].error"'),
        ({"do": "fail", "error": {"code": "c", "mesage": "m"}}, '"mesage" is not a key here; did'),
        ({"do": "answer", "inputs": {}}, "the session does not wait for input"),
        ({"do": "emit", "envelope": {"kind": "progres"}}, "steps[1].envelope.kind"),
        (
            {"do": "emit", "envelope": {"kind": "done", "result": {}}},
            "done is emitted by a transition, not between two.",
        ),
        (
            enter("rendering", emits={"kind": "warning", "phase": "done", "message": "m"}),
            "entering rendering emits phase, not warning.",
        ),
        (enter("input_required", emits=ASKING), "steps[1].emits.fields[0]"),
        (enter("input_required", emits=HINTED), '"hnit" is not a key here; did you mean'),
    ],
)
def test_wrong_steps(step, message):
    """What is wrong with a step is told with its line, its number and the key."""
    told = refusal(written(VALIDATING, step))
    assert told.startswith("my.json, line 10, step 2: ")
    assert message in told


def test_free_content_may_hold_keys_of_the_format():
    """What the request holds is not looked into, and its steps are not taken for the session's."""
    request = {"steps": [{"do": "all"}], "at": {"titel": 1}}
    first = json.dumps({"request": request, **json.loads(written(VALIDATING, {}))}, indent=1)
    assert refusal(first.encode()).startswith("my.json, line 20, step 2: ")
    assert parse_scenario(written(VALIDATING, request=request), "my.json").request == request


def test_long_scenarios_load():
    """A scenario may have as many steps as the limit says."""
    warning = {"kind": "warning", "phase": "validating_inputs", "message": ""}
    emit = {"do": "emit", "envelope": warning, "after": 0}
    content = {**MINIMAL, "steps": [VALIDATING, *[emit] * (MAX_STEPS - 1)]}
    data = json.dumps(content, separators=(",", ":")).encode()
    assert len(parse_scenario(data, "long.json").steps) == MAX_STEPS


def test_a_file_is_read(tmp_path):
    """A file holds what its bytes hold, whether or not they begin with a byte order mark."""
    plain, marked = tmp_path / "plain.json", tmp_path / "marked.json"
    plain.write_bytes(written(VALIDATING))
    marked.write_bytes(b"\xef\xbb\xbf" + written(VALIDATING))
    assert load_scenario(plain) == load_scenario(str(marked))


def refusal_of_file(path):
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    return str(refused.value)


def test_a_file_that_is_not_there(tmp_path):
    """A path to nothing, to a folder, or that is none at all, is refused by its name."""
    assert refusal_of_file(tmp_path / "no.json") == "no.json: There is no such file."
    assert refusal_of_file(tmp_path) == f"{tmp_path.name}: This is a folder."
    assert refusal_of_file("a\0b") == r"a\x00b: This is not the name of a file."
    assert refusal_of_file("n" * 300).endswith(
        (": The file cannot be opened: File name too long.", ": There is no such file.")  # Windows
    )


def test_a_file_that_may_not_be_read(tmp_path):
    """A file that the user may not read is refused as such."""
    path = tmp_path / "secret.json"
    path.write_bytes(written(VALIDATING))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    assert refusal_of_file(path) == "secret.json: You may not read this file."


def test_a_huge_file_is_not_read(tmp_path):
    """A file of 100 MB is refused by its size alone."""
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert refusal_of_file(path) == (
        "huge.json: the file is too large, 100,000,000 bytes; a scenario has at most 1,048,576."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_devices_and_pipes_are_not_opened(tmp_path):
    """What never ends, or never begins, is refused without waiting for it."""
    pipe = tmp_path / "pipe"
    make_pipe(pipe)
    assert refusal_of_file(pipe) == "pipe: This is a device or a pipe, not a file."
    assert refusal_of_file("/dev/zero") == "zero: This is a device or a pipe, not a file."


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes(data):
    """Whatever a file holds, it is a scenario or is refused, and nothing else is raised."""
    with suppress(ScenarioError):
        parse_scenario(data, "any.json")


@given(st.sampled_from(BUNDLED), st.data())
def test_any_damage_to_the_text(text, data):
    """A good file with some bytes replaced is a scenario or is refused."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    inserted = data.draw(
        st.binary(max_size=5) | st.sampled_from([b"[", b"}", b'"', b",", b"1e999"])
    )
    with suppress(ScenarioError):
        parse_scenario(text[:start] + inserted + text[end:], "damaged.json")


def places(value):
    """Return every container in `value` with each key or index in it."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


@given(st.sampled_from(BUNDLED), st.data())
def test_any_change_to_the_content(text, data):
    """A good file with values replaced, exchanged or taken out is a scenario or is refused."""
    content = json.loads(text)
    for _ in range(data.draw(st.integers(1, 3))):
        found = list(places(content))
        inside, key = data.draw(st.sampled_from(found))
        match data.draw(st.sampled_from(["take out", "replace", "copy", "add"])):
            case "take out":
                del inside[key]
            case "replace":
                inside[key] = data.draw(json_values())
            case "copy":
                other, other_key = data.draw(st.sampled_from(found))
                with suppress(LookupError):
                    inside[key] = deepcopy(other[other_key])
            case "add" if isinstance(inside, dict):
                inside[data.draw(st.text())] = data.draw(json_values())
    with suppress(ScenarioError):
        scenario = parse_scenario(json.dumps(content).encode(), "changed.json")
        assert parse_scenario(msgspec.json.encode(scenario), "again.json") == scenario


@given(st.text(min_size=1))
def test_a_file_of_any_name(name):
    """Whatever a file is called, the message stays in one line, and says the name."""
    with pytest.raises(ScenarioError) as refused:
        parse_scenario(b"", name)
    assert len(str(refused.value).splitlines()) == 1
    assert re.search("the file is empty", str(refused.value))
