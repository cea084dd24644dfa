"""What a server tells of its parts and its setup, in lines of plain text."""

from collections.abc import Iterator, Mapping
from typing import Any

from exlab_gui.core.protocol.envelopes import as_text
from exlab_gui.core.text.sanitize import sanitize

MAX_PARTS = 50

_NAMES = {
    "validator": "Validator",
    "nas_sync": "NAS sync",
    "lims": "LIMS",
    "plugin_host": "Plugins",
    "session_store": "Sessions",
}


def component_lines(components: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a line for each of `components`: its status, why, and what else it tells."""
    return tuple(_line(*part) for part in list(components.items())[:MAX_PARTS])


def failing(components: Mapping[str, Any]) -> Iterator[str]:
    """Yield the line of each component in the status ``error``."""
    for name, said in list(components.items())[:MAX_PARTS]:
        if isinstance(said, Mapping) and said.get("status") == "error":
            yield _line(name, said)


def missing_parts(missing: Any) -> tuple[str, ...]:
    """Return what a setup still needs: each a name, with why if that says more."""
    return tuple(map(_part, missing[:MAX_PARTS])) if isinstance(missing, list) else ()


def _line(name: str, said: Any) -> str:
    title = _NAMES.get(name, name.replace("_", " "))
    if not isinstance(said, Mapping):
        return sanitize(f"{title}: {as_text(said)}")
    status, reason = said.get("status", "unknown"), said.get("reason")
    parts = [as_text(status) + (f" ({as_text(reason)})" if reason else "")]
    rest = {key: value for key, value in said.items() if key not in ("status", "reason")}
    parts += [f"{key.replace('_', ' ')} {as_text(value)}" for key, value in rest.items()]
    mark = "" if status == "ok" else "⚠ "
    return sanitize(f"{mark}{title}: {', '.join(parts)}")


def _part(said: Any) -> str:
    if not isinstance(said, Mapping) or "field" not in said:
        return sanitize(as_text(said))
    reason = said.get("reason")
    why = f" ({as_text(reason)})" if reason and reason != "missing" else ""
    return sanitize(as_text(said["field"]) + why)
