"""What sessions made: the runs and projects on a server's disk, from ``GET /tree``."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.bodies import read_body


class Made(NamedTuple):
    """A run, or a project, in the folder `path`, as far as the tree tells of it."""

    path: str
    equipment: str
    project: str
    name: str
    sync_status: str | None = None
    is_finished: bool = True
    """Whether its session may have come to its end."""


_decode_object = msgspec.json.Decoder(dict[str, Any]).decode


def read_tree(body: bytes) -> Iterator[Made]:
    """Return what is in the tree of `body`, one by one: it may be much.

    Raises NotUnderstoodError at once.
    """
    return _all_in(read_body(_decode_object, body, phrase("tree of runs")))


def _all_in(tree: dict[str, Any]) -> Iterator[Made]:
    for equipment in _objects(tree.get("equipment")):
        equipment_id = _text(equipment, "id")
        for project in _objects(equipment.get("projects")):
            name = _text(project, "name")
            if path := _path(project):
                yield Made(path, equipment_id, name, name)
            for kind in ("runs", "test_runs"):
                for run in _objects(project.get(kind)):
                    if path := _path(run):
                        status = _text(run, "sync_status") or None
                        finished = run.get("has_creation_json") is not False
                        yield Made(path, equipment_id, name, _text(run, "name"), status, finished)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _path(said: dict[str, Any]) -> str:
    path = said.get("path")
    return path if isinstance(path, str) else ""


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return sanitize(value, MAX_NAME) if isinstance(value, str) else ""
