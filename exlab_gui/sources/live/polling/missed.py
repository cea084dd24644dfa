"""Finding the sessions that were over before they were seen, by what they made."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from exlab_gui.core.clock import utc_now
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Reported
from exlab_gui.core.state_machine import SessionState
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.endings.run_details import RunDetails, read_run
from exlab_gui.sources.live.errors import NotUnderstoodError, ServerRefusedError
from exlab_gui.sources.live.observation import Observation
from exlab_gui.sources.live.polling.runs_on_disk import Made, read_tree
from exlab_gui.sources.live.polling.slices import Slices
from exlab_gui.sources.live.responses import Operation
from exlab_gui.sources.live.session import ObservedSession

AT_A_TIME = 20
"""So many runs are asked about before the list of sessions has its turn again."""


class Missed(NamedTuple):
    """A session that is known from its result only: it ended between `after` and `at`."""

    made: Made
    label: str
    sync_status: str | None
    after: datetime
    at: datetime

    @property
    def operation(self) -> Operation:
        """What a list of sessions would have told; the id is our own, its server's is unknown."""
        digest = sha256(self.made.path.encode(errors="replace")).hexdigest()[:12]
        made = self.made
        return Operation(
            f"result-{digest}", SessionState.DONE, None, made.equipment, made.project, self.label
        )

    def observation(self, machine: StateMachine) -> Observation:
        result = {"path": self.made.path, "sync_status": self.sync_status}
        state = SessionState.DONE if SessionState.DONE in machine.states else machine.spine[-1]
        return Observation(state, end=Reported(result=result))


class MissedSessions:
    """Looks for what was made by no session that is known.

    What is there at the first look was made before. What is new at one look, and at the next one
    still belongs to no known session, was made by one that was missed: at the first, its session
    may not be listed yet.
    """

    def __init__(self) -> None:
        self._body = b""
        self._tree: dict[str, Made] = {}
        self._explained: set[str] = set()
        self._has_looked = False
        self._unexplained: dict[str, datetime] = {}  # by path: when it was not there yet
        self._due: list[str] = []
        self._used: set[str] = set()  # sessions without a path that explain something
        self._looked_at = utc_now()

    @property
    def has_more(self) -> bool:
        """Whether `look` would ask about more of what it has found at the last look."""
        return bool(self._due)

    async def look(self, client: Client, sessions: Collection[ObservedSession]) -> list[Missed]:
        """Return missed sessions that are found now. Raises LostError.

        A server that has no tree, or none that can be understood, tells nothing.
        """
        if not self._due:
            try:
                await self._compare(client, sessions)
            except (NotUnderstoodError, ServerRefusedError):
                return []
        if not self._due:
            return []
        due, self._due = self._due[:AT_A_TIME], self._due[AT_A_TIME:]
        makers = _Makers(sessions)
        found = [await self._missed(path, client, makers) for path in due]
        return [missed for missed in found if missed is not None]

    def forget(self, session: ObservedSession) -> None:
        """Have what `session` made belong to it, although it is not known any more."""
        if (path := session.observed.made) is not None:
            self._explained.add(path)

    async def _compare(self, client: Client, sessions: Collection[ObservedSession]) -> None:
        asked, before = utc_now(), self._looked_at
        body = await client.ask("/tree")
        if body != self._body:
            slices, tree = Slices(), dict[str, Made]()
            for made in read_tree(body):
                tree[made.path] = made
                await slices.pause()
            self._tree, self._body = tree, body
        self._looked_at = asked
        if not self._has_looked:
            self._has_looked = True
            self._explained.update(self._tree)
        self._explained |= {path for one in sessions if (path := one.observed.made)}
        unexplained = self._tree.keys() - self._explained
        self._due = [path for path in self._unexplained if path in unexplained]
        self._unexplained = {path: self._unexplained.get(path, before) for path in unexplained}

    async def _missed(self, path: str, client: Client, makers: "_Makers") -> Missed | None:
        """Return the session that made what is at `path` if it was missed."""
        made = self._tree[path]
        if not made.is_finished:
            return None
        if makers.made(path):  # learnt since the look
            self._settle(path)
            return None
        details = await _details(client, path)
        label = (details.label if details else None) or made.name
        possible = makers.by_label(label)
        maker = next((one for one in possible if self._may_have_made(one, made, label)), None)
        if maker is not None:
            if maker.is_settled:
                self._used.add(maker.session_id)
                self._settle(path)
            return None
        after = self._settle(path)
        if details is None:
            return None
        sync_status = details.explained.sync_status or made.sync_status
        return Missed(made, label, sync_status, after, utc_now())

    def _may_have_made(self, session: ObservedSession, made: Made, label: str) -> bool:
        """Return whether a session of which no path is known may have made it."""
        if session.observed.made is not None or session.session_id in self._used:
            return False
        asked = session.operation
        if asked is None:  # nothing is known of it
            return not session.is_settled
        return (
            asked.equipment_id == made.equipment
            and asked.project_short_id in (None, made.project)
            and asked.run_label == label
        )

    def _settle(self, path: str) -> datetime:
        self._explained.add(path)
        return self._unexplained.pop(path)


class _Makers:
    """The sessions that may have made something, by what finds them among ten thousand."""

    def __init__(self, sessions: Collection[ObservedSession]) -> None:
        self._paths: set[str] = set()
        self._going_on: list[ObservedSession] = []
        self._by_label: defaultdict[str | None, list[ObservedSession]] = defaultdict(list)
        for one in sessions:
            if (path := one.observed.made) is not None:
                self._paths.add(path)
                continue
            if not one.is_settled:
                self._going_on.append(one)
            label = one.operation.run_label if one.operation else None
            self._by_label[label].append(one)

    def made(self, path: str) -> bool:
        """Return whether one of them is known to have made what is at `path`."""
        return path in self._paths or any(one.observed.made == path for one in self._going_on)

    def by_label(self, label: str) -> Iterator[ObservedSession]:
        """Yield those of `label`, and those of which no request is known."""
        yield from self._by_label.get(label, ())
        yield from self._by_label.get(None, ())


async def _details(client: Client, path: str) -> RunDetails | None:
    """Return what the server tells of the run at `path`; None if it knows none there."""
    try:
        body = await client.run(path)
    except (NotUnderstoodError, ServerRefusedError):
        return None  # no session made it
    try:
        return read_run(body)
    except NotUnderstoodError:
        return RunDetails()
