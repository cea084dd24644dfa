"""The usual dwell time in each state, of all sessions of an index."""

import sqlite3

from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.visit_times import sorted_visits
from exlab_gui.core.analysis.distribution import percentile
from exlab_gui.core.analysis.dwell_times import LEAST_VISITS, UsualTime

_SECOND = 1_000_000


def usual_times(index: ArchiveIndex) -> dict[str, UsualTime]:
    """Return the usual time in each state with enough finished visits; none of a damaged index."""
    try:
        with index.reading() as db:
            return {
                state: UsualTime(*(percentile(times, at) / _SECOND for at in (25, 50, 75)))
                for state, times in sorted_visits(db).items()
                if len(times) >= LEAST_VISITS
            }
    except sqlite3.Error:
        return {}
