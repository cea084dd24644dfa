"""What the bodies of requests have to be."""

import re
from typing import Any, Literal

import msgspec
from starlette.requests import Request

from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.session import SessionKind
from exlab_gui.demo_server.errors import RefusalError

_FIELD = re.compile(r"`\$\.(\w+)|field `(\w+)`")


class _Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Nothing(_Body, frozen=True):
    """Says nothing."""


class Opening(_Body, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """Opens a session."""

    equipment_id: str
    template_path: str
    label: str
    operator: str
    objective: str
    variables: dict[str, Any] = {}
    readme_extra: Any = None
    lims_project: str | None = None

    @property
    def kind(self) -> SessionKind:
        """What the session creates."""
        return "run" if isinstance(self, OpenRun) else "project"


class OpenRun(Opening, frozen=True, kw_only=True, tag="run"):
    """Opens the session that creates a run."""

    project_name: str
    run_kind: Literal["experimental", "test"]
    run_date: str | None = None


class OpenProject(Opening, frozen=True, kw_only=True, tag="project"):
    """Opens the session that creates a project."""


class Resume(_Body, frozen=True, kw_only=True):
    """Answers what a plugin asked for."""

    extra_inputs: dict[str, Any] = {}


class Cancel(_Body, frozen=True, kw_only=True):
    """Cancels a session."""

    discard_files: bool = False


async def read_body(request: Request, shape: Any) -> Any:
    """Return the request's body as `shape`, all of its defaults where there is no body.

    Raises RefusalError where it is something else.
    """
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=shape)
    except UNREADABLE as error:
        said = str(error)
        found = _FIELD.search(said)
        field = next(filter(None, found.groups())) if found else None
        raise RefusalError(422, "validation_failed", said, field) from None
