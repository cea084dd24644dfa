"""The failures by plugin, equipment and error code."""

from typing import NamedTuple

from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.schema import HAS_FAILED
from exlab_gui.archive.search import Facet, Query
from exlab_gui.core.charts.failures import Failures, Group
from exlab_gui.core.progress import Progress


class _By(NamedTuple):
    """How sessions are grouped: the column of the name, and the tables and rows that have it."""

    name: str
    rows: str


_BY: dict[Facet, _By] = {
    "plugin": _By("plugin", "plugins JOIN sessions ON sessions.id = plugins.session WHERE 1"),
    "equipment": _By("equipment", "sessions WHERE 1"),
    "error_code": _By("error_code", "sessions WHERE error_code != ''"),
}


def failures(index: ArchiveIndex, query: Query, progress: Progress) -> Failures:
    """Return the failures of the sessions that are meant, as `stats` counts them."""
    asked, values = query.sessions()
    groups = dict[str, list[Group]]()
    with index.reading() as db:
        db.execute("BEGIN")  # so that all questions are answered for one moment
        for done, (facet, by) in enumerate(_BY.items()):
            progress(done, len(_BY))
            rows = db.execute(
                f"SELECT {by.name}, count(*), sum({HAS_FAILED}) FROM {by.rows} "
                f"AND sessions.id IN ({asked}) GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1",
                values,
            )
            groups[facet] = [Group(facet, *row) for row in rows]
        counts = db.execute(
            f"SELECT {HAS_FAILED}, outcome, count(*) FROM sessions WHERE id IN ({asked}) "
            "GROUP BY 1, 2 ORDER BY 2",
            values,
        ).fetchall()
    failed = {outcome: count for has_failed, outcome, count in counts if has_failed}
    total = sum(count for *_, count in counts)
    return Failures(total, sum(failed.values()), groups, tuple(failed))
