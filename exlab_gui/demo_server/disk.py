"""The simulated folders that sessions created."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from exlab_gui.core.protocol.envelopes import (
    InputRequiredEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.state_machine import Phase
from exlab_gui.demo_server.opening import known_equipment
from exlab_gui.demo_server.session import DemoSession

PLUGINS = ("checksums", "instrument_metadata", "calibration_files", "thumbnails", "notes_template")


def run(path: str, session: DemoSession) -> dict[str, Any]:
    request = session.request
    template = request.get("template_path", "")
    return {
        "path": path,
        "schema_version": "1.0",
        "template": {
            "name": PurePosixPath(template).name,
            "version": "1.0.0",
            "source_path": template,
            "run_scope": session.inner.kind,
        },
        "operator": request.get("operator"),
        "label": request.get("label"),
        "run_kind": request.get("run_kind"),
        "sync_status": _result(session).get("sync_status"),
        "readme": f"# {request.get('label', '')}\n\n{request.get('objective', '')}\n",
        "plugins_applied": list(_plugins(session.inner.history)),
        "validation_overrides": [],
    }


def tree(made: Mapping[str, DemoSession]) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {
        name: {"id": name, "label": name.replace("_", " "), "path": f"/data/{name}", "projects": []}
        for name in known_equipment()
    }
    projects: dict[str, dict[str, Any]] = {}
    for path, session in made.items():
        is_run = session.inner.kind == "run"
        parent, _, name = path.rpartition("/")
        folder = parent if is_run else path
        if folder not in projects:
            place, _, project_name = folder.rpartition("/")
            project = {"name": project_name, "path": folder, "runs": [], "test_runs": []}
            projects[folder] = project
            if (equipment := found.get(place.rpartition("/")[2])) is not None:
                equipment["projects"].append(project)
        if is_run:
            kind = session.request.get("run_kind")
            runs = projects[folder]["test_runs" if kind == "test" else "runs"]
            runs.append(
                {
                    "name": name,
                    "path": path,
                    "kind": kind,
                    "sync_status": _result(session).get("sync_status"),
                    "has_creation_json": True,
                }
            )
    return {"equipment": list(found.values()), "received_equipment": []}


def problems(made: Mapping[str, DemoSession]) -> dict[str, Any]:
    results = map(_result, made.values())
    return {"problems": [finding for one in results for finding in one.get("findings", ())]}


def staging(made: Mapping[str, DemoSession]) -> dict[str, Any]:
    """Return the folders that are not on the NAS yet."""
    results = map(_result, made.values())
    queue = [{key: one.get(key) for key in ("path", "sync_status")} for one in results]
    return {"queue": [one for one in queue if one["sync_status"] == "pending"], "received": []}


def _result(session: DemoSession) -> Mapping[str, Any]:
    return session.inner.result or {}


def _plugins(history: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """Yield an entry per plugin; a warning means that the running one failed."""
    done, count, failed = 0, 0, -1
    asking: dict[str, None] = {}
    for event in history:
        match event.envelope:
            case ProgressEnvelope(phase=Phase.RUNNING_PLUGINS, current=done, total=count):
                pass
            case WarningEnvelope(phase=Phase.RUNNING_PLUGINS):
                failed = done
            case InputRequiredEnvelope(plugin=plugin):
                asking[plugin] = None
    for number, name in enumerate([*PLUGINS[:count], *asking]):
        good = number != failed
        yield {
            "plugin": name,
            "version": "1.0.0",
            "status": "success" if good else "failed",
            "exit_code": 0 if good else 3,
            "duration_ms": 120,
            "files_affected": [f"{name}.json"] if good else [],
        }
