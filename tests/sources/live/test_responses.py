"""What a server answers, whatever the bytes are: read, or refused by one error."""

from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.limits import MESSAGE_BYTES
from exlab_gui.sources.live import responses as answers
from exlab_gui.sources.live.endings.run_details import read_run
from exlab_gui.sources.live.errors import NotUnderstoodError
from exlab_gui.sources.live.polling.runs_on_disk import read_tree

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
NAMES = ("session_id", "state", "pending_input", "error", "result", "operations", "id", "status")
BODIES = st.binary(max_size=50) | st.dictionaries(st.sampled_from(NAMES), JSON).map(
    lambda said: msgspec.json.encode(said)
)


@given(BODIES)
def test_whatever_comes_is_read_or_not_understood(body):
    """Nothing else is raised, and what is read can be shown in a line."""
    for read in (answers.read_health, answers.read_operations, answers.read_snapshot):
        with suppress(NotUnderstoodError):
            read(body)
    refusal = answers.read_refusal(body, 500)
    assert refusal.status == 500
    assert str(refusal).isprintable()


@pytest.mark.parametrize(
    ("escaped", "read"),
    [
        (r"run \ud83d", "run \ufffd"),
        (r"\uDE00 run", "\ufffd run"),
        (r"\ud83d\ude00\udbff", "\U0001f600\ufffd"),
        (r"\\ud83d \ud83d", "\\ud83d \ufffd"),
    ],
)
def test_half_a_character_hides_no_session(escaped, read):
    """Python writes half of a pair of surrogates into JSON: only that half cannot be read."""
    entries = (
        f'{{"id": "a", "state": "done", "run_label": "{escaped}"}}, {{"id": "b", "state": "x"}}'
    )
    listing = answers.read_operations(f'{{"operations": [{entries}]}}'.encode())
    assert [one.id for one in listing.operations] == ["a", "b"]
    assert listing.operations[0].run_label == read
    snapshot = f'{{"session_id": "a", "state": "done", "result": {{"path": "{escaped}"}}}}'
    assert answers.read_snapshot(snapshot.encode()).result == {"path": read}


def test_entries_that_make_no_sense_are_counted():
    """The others count."""
    body = b'{"operations": [{"id": "a", "state": "done"}, 7, {"id": "../x", "state": "done"}]}'
    listing = answers.read_operations(body)
    assert [operation.id for operation in listing.operations] == ["a"]
    assert (listing.misunderstood, listing.left_out) == (2, 0)


@pytest.mark.parametrize("odd", [b"", b'7,{"id":"b"},'], ids=["as they should be", "some odd"])
def test_of_a_long_list_the_first_sessions_are_read(odd, monkeypatch):
    """The rest is counted, whether or not there are entries that cannot be understood."""
    monkeypatch.setattr(answers, "LISTED_SESSIONS", 5)
    entries = b",".join(b'{"id": "s%d", "state": "done"}' % number for number in range(8))
    listing = answers.read_operations(b'{"operations": [%s%s]}' % (odd, entries))
    known = 5 - odd.count(b",")
    assert [one.id for one in listing.operations] == [f"s{number}" for number in range(known)]
    assert (listing.misunderstood, listing.left_out) == (5 - known, 8 - known)


def test_what_has_too_many_values_is_not_read():
    """To read it would keep the window away."""
    with pytest.raises(NotUnderstoodError, match="list of sessions is too long to be read"):
        answers.read_operations(b'{"operations": [%s7]}' % (b"[]," * 400_000))
    for value in (b"[%s7]" % (b"[]," * 40_000), b'"%s"' % (b"x" * MESSAGE_BYTES)):
        with pytest.raises(NotUnderstoodError, match="about the session is too long to be read"):
            answers.read_snapshot(b'{"session_id": "s", "result": {"a": %s}}' % value)


def test_a_part_of_a_snapshot_that_makes_no_sense_is_named():
    """The rest of it counts."""
    body = b'{"session_id": "s", "state": "failed", "error": 7, "new": true}'
    read = answers.read_snapshot(body)
    assert (read.state, read.error, read.misunderstood) == ("failed", None, ("error",))


@pytest.mark.parametrize(
    ("said", "concern"),
    [
        ('"setup_state": "needs_config"', "not set up"),
        ('"schema_versions": {"creation_json": "2.0"}', "newer"),
    ],
)
def test_what_stands_in_the_way_is_said(said, concern):
    """A server that is healthy has none of it."""
    healthy = answers.read_health(b'{"status": "ok", "version": "0.1.0"}')
    assert healthy.concerns == []
    health = answers.read_health(b'{"status": "ok", "version": "0.1.0", %s}' % said.encode())
    assert concern in health.concerns[0]


@given(st.text())
def test_an_id_that_can_be_asked_for_stays_in_its_place(session_id):
    """No id leads out of the path that it stands in."""
    if answers.is_usable_id(session_id):
        assert not set(session_id) & set("/\\?#%")
        assert session_id not in (".", "..")


@pytest.mark.parametrize(
    "part",
    [b'{"a":"\xff"}', b'"\xff"', b'{"\xff":1}', b'{"a":' + b"[" * 61 + b"]" * 61 + b"}"],
)
@pytest.mark.parametrize("name", [b"pending_input", b"error", b"result", b"new"])
def test_a_snapshot_that_is_no_json(name, part):
    """It is not understood, whichever part it is, and also if that part is not looked at."""
    with pytest.raises(NotUnderstoodError):
        answers.read_snapshot(b'{"session_id":"s","state":"x","%s":%s}' % (name, part))


def test_a_question_with_a_number_without_end():
    """The rest of the snapshot counts."""
    body = b'{"session_id":"s","state":"input_required","pending_input":{"fields":[1e999]}}'
    read = answers.read_snapshot(body)
    assert (read.state, read.pending_input) == ("input_required", None)
    assert read.misunderstood == ("pending_input",)


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00+14:00", "9999-12-31", "1969-12-31", "x"])
def test_a_time_that_cannot_be_shown(started):
    """It is taken as not told: a recording could not be read again."""
    assert answers.Operation("a", "pending", started).started is None


@pytest.mark.parametrize("read", [read_run, read_tree, answers.read_health, answers.read_snapshot])
@pytest.mark.parametrize("part", [b'"\xff"', b"[" * 61 + b"]" * 61, b"[" * 900 + b"]" * 900])
def test_every_body_is_json_that_can_be_kept(read, part):
    """Else it would fail later, where nobody expects it: when it is shown, or recorded."""
    known = b'"session_id":"s","state":"x","status":"ok","version":"0.1","equipment":[]'
    assert read(b'{%s,"new":1}' % known) is not None
    with pytest.raises(NotUnderstoodError):
        read(b'{%s,"new":%s}' % (known, part))
    assert answers.read_missing(part) == ()
