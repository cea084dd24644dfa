"""Any session that its store allows is kept, and what is done to the file does no harm."""

import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from exlab_gui.core.analysis.conformance import Severity, check
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.session import SessionStore
from exlab_gui.core.trace import Recording, TraceError, load, new_header
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT, file_bytes, recording
from tests.helpers.strategies import between_envelopes, errors, json_values

FUZZED = int(os.environ.get("EXLAB_FUZZED", "500"))

objects = st.dictionaries(st.text(), json_values(), max_size=3)


class Sessions(RuleBasedStateMachine):
    """Do to a session whatever its store allows; in the end, keep it and look at it again."""

    @initialize(kind=st.sampled_from(["project", "run"]), request=objects)
    def open(self, kind, request):
        self.now = datetime(2026, 1, 31, 12, 0, 0, 123456, UTC)
        self.store = SessionStore(clock=lambda: self.now)
        self.session = self.store.open(kind, request)
        self.id = self.session.session_id

    def going(self):
        """Return whether the session is not over."""
        return not self.session.is_over

    @rule(passed=st.timedeltas(timedelta(0), timedelta(hours=2)))
    def wait(self, passed):
        self.now += passed

    @precondition(going)
    @rule(data=st.data())
    def step(self, data):
        following = CREATION_MACHINE.following(self.session.state)
        self.store.transition(self.id, data.draw(st.sampled_from(following)))

    @precondition(lambda self: self.going() and self.session.current_phase)
    @rule(data=st.data())
    def emit(self, data):
        self.store.emit(self.id, data.draw(between_envelopes(self.session.current_phase)))

    @precondition(lambda self: self.session.next_action == "awaiting_input")
    @rule(answers=objects)
    def resume(self, answers):
        self.store.resume(self.id, answers)

    @precondition(going)
    @rule(discard=st.booleans())
    def cancel(self, discard):
        self.store.cancel(self.id, discard_files=discard)

    @precondition(going)
    @rule(error=errors())
    def fail(self, error):
        self.store.fail(self.id, error)

    @rule()
    def heartbeat(self):
        self.store.heartbeat(self.id)

    @rule()
    def close_abandoned(self):
        self.store.close_abandoned()

    def teardown(self):
        session = self.session
        header = new_header(
            CREATION_MACHINE,
            "sim-1",
            "simulated",
            session.created_at,
            session_id=session.session_id,
            kind=session.kind,
            request=session.request,
        )
        with TemporaryDirectory() as folder:
            first, second = Path(folder, "first"), Path(folder, "second")
            save(first, Recording(header, session.history))
            opened = load(first)
            save(second, opened)
            assert first.read_bytes() == second.read_bytes()
        assert opened.header == header
        assert opened.events == session.history
        assert opened.problems == []
        found = check(opened.machine, opened.events)
        assert [finding for finding in found if finding.severity is Severity.VIOLATION] == []


TestSessions = Sessions.TestCase


def test_no_damage_to_a_file_does_harm(tmp_path):
    """However a file is damaged, it is refused with a sentence, or shown and saved as it was."""
    whole = [
        file_bytes(SHORT),
        file_bytes(
            recording("validating", "rendering", "plugin_pass", "input_required", "aborted")
        ),
    ]
    dice = random.Random(FUZZED)
    path, again = tmp_path / "damaged", tmp_path / "again"
    opened = 0
    refusals = set()
    for _ in range(FUZZED):
        data = damaged(dice.choice(whole), dice)
        path.write_bytes(data)
        try:
            recording_read = load(path)
        except TraceError as error:
            refusals.add(str(error))
            continue
        opened += 1
        save(again, recording_read)
        assert again.read_bytes() == data
        check(recording_read.machine, recording_read.events)
        if recording_read.events:
            StateHistory(recording_read.machine, recording_read.events)
    assert opened
    assert refusals
    assert all(refusal.endswith(".") for refusal in refusals)


def damaged(data, dice):
    """Return `data` with one to four things done to it, mostly behind the header."""
    data = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        behind = 0 if dice.random() < 0.1 else data.find(b"\n") + 1
        at = dice.randint(behind, max(behind, len(data) - 1))
        until = min(len(data), at + dice.choice((1, 1, 1, 2, 8, 40, 300)))
        part = bytes(data[at:until])
        match dice.randrange(8):
            case 0:
                data[at:until] = dice.randbytes(len(part))
            case 1:
                del data[at:until]
            case 2:
                data[at:at] = part * dice.choice((1, 1, 1, 1, 500))
            case 3:
                del data[at:]
            case 4:
                data[at:at] = dice.choice(
                    (b"\n", b'"', b"\\", b"{", b"[", b",", b"\0", b"\xff", b"\r")
                )
            case 5:
                data[at:until] = bytes(reversed(part))
            case 6:
                old, new = dice.choice(WORDS), dice.choice(WORDS)
                data[at:] = data[at:].replace(old, new, 1)
            case 7:
                source = dice.randint(behind, max(behind, len(data) - 1))
                data[at:at] = data[source : source + 60]
    return bytes(data)


WORDS = (
    *(b"plugin_pass", b"rendering", b"done", b"pending", b"aborted", b"2026", b"0001", b"9999"),
    *(b"simulated", b"observed", b'"phase"', b'"progress"', b'"failed"', b'"kind"', b'"seq":1'),
    *(b'"seq":-1', b'"seq":1e9', b"null", b"true", b"[" * 2000, b"{}", b'"\\ud800"', b"1" * 5000),
    *(b'"envelope"', b'"cause"', b'"wire"', b'"at"', b"Z", b"+23:59", b"e400", b"}}\n", b"}\n{"),
)
