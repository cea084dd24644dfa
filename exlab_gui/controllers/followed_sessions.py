"""Hearing of live sessions as long as they are observed, also if they are not in the list."""

from collections.abc import Callable
from functools import cached_property
from weakref import WeakKeyDictionary, WeakMethod, ref

from exlab_gui.sources.source import SessionSource


class FollowedSessions:
    """The live sessions to keep, each with a name that no other one has.

    `told` is called with a session when it is added and after each of its changes, also if its row
    was closed: from `follow` on, or from the start if `told_now`, until `let_go`. Nothing here
    keeps a session in memory.
    """

    def __init__(self, told: Callable[[SessionSource], None], *, told_now: bool = False) -> None:
        self._told = WeakMethod(told)
        self._follows = told_now
        self._followers = WeakKeyDictionary[SessionSource, _Follower]()

    def name(self, source: SessionSource) -> str:
        return self._followers[source].name

    def add(self, source: SessionSource) -> None:
        """Add `source`, unless that was done."""
        if source not in self._followers:
            self._followers[source] = follower = _Follower(source, self._told)
            if self._follows:
                follower.begin()

    def follow(self) -> None:
        if not self._follows:
            self._follows = True
            for follower in list(self._followers.values()):
                follower.begin()

    def let_go(self) -> None:
        """Tell of no session any more; those whose rows are closed need not be observed closely."""
        self._follows = False
        for source, follower in list(self._followers.items()):
            source.keepers.unsubscribe(follower.tell)
            source.note_unkept()


class _Follower:
    """The listener of one session; the session holds it weakly, and the other way round."""

    def __init__(
        self, source: SessionSource, told: WeakMethod[Callable[[SessionSource], None]]
    ) -> None:
        self._source = ref(source)
        self._told = told

    @cached_property
    def name(self) -> str:
        source = self._source()
        assert source is not None  # it is asked for by its session
        header = source.recording().header
        return header.session_id or header.label

    def begin(self) -> None:
        if (source := self._source()) is not None:
            source.keepers.subscribe(self.tell)
            self.tell()

    def tell(self) -> None:
        source, told = self._source(), self._told()
        if source is not None and told is not None:
            told(source)
