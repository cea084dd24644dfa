"""The response to ``GET /run/<path>``: what a session made."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

import msgspec

from exlab_gui.core.protocol.envelopes import as_text
from exlab_gui.core.protocol.explained import AppliedPlugin, ExitCode, Explained, Milliseconds
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.bodies import read_body

README = "README.md"

MAX_PLUGINS = 200
MAX_FILES = 1_000
"""More plugins, and more files of one, are not kept."""

_decode_object = msgspec.json.Decoder(dict[str, Any]).decode


class RunDetails(NamedTuple):
    """A run's label, "" if there is none, and what it tells of the end of its session."""

    label: str = ""
    explained: Explained = Explained()


def read_run(body: bytes) -> RunDetails:
    """Return the details of a run in `body`, as far as they are understood.

    Raises NotUnderstoodError if it is no object.
    """
    said = read_body(_decode_object, body, phrase("details of the run"))
    applied = said.get("plugins_applied")
    plugins = applied if isinstance(applied, list) else []
    explained = Explained(
        plugins=tuple(_plugin(one) for one in plugins[:MAX_PLUGINS] if isinstance(one, dict)),
        sync_status=_text(said, "sync_status") or None,
        readme=_readme(said),
        template=_template(said.get("template")),
    )
    label = said.get("label")
    return RunDetails(sanitize(label, MAX_NAME) if isinstance(label, str) else "", explained)


def _plugin(said: Mapping[str, Any]) -> AppliedPlugin:
    isolation = said.get("isolation")  # where some versions have the numbers
    numbers = {**(isolation if isinstance(isolation, dict) else {}), **said}
    files = said.get("files_affected")
    return AppliedPlugin(
        plugin=_text(said, "plugin") or "unnamed",
        status=_text(said, "status") or "unknown",
        version=_text(said, "version"),
        exit_code=_number(numbers.get("exit_code"), ExitCode),
        duration_ms=_number(numbers.get("duration_ms"), Milliseconds),
        files=tuple(map(as_text, files[:MAX_FILES])) if isinstance(files, list) else (),
    )


def _readme(said: Mapping[str, Any]) -> str | None:
    """Return the path of the README; a server tells its text."""
    path = _text(said, "path").rstrip("/")
    return f"{path}/{README}" if path and said.get("readme") is not None else None


def _template(said: Any) -> str | None:
    if not isinstance(said, dict):
        return None
    return " ".join(filter(None, (_text(said, "name"), _text(said, "version")))) or None


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return "" if value is None else as_text(value)


def _number(value: Any, limits: Any) -> int | None:
    try:
        return cast("int", msgspec.convert(value, limits, strict=False))
    except msgspec.ValidationError:
        return None
