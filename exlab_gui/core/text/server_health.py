"""What a server tells of its parts and its setup, in lines of plain text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exlab_gui.core.protocol.envelopes import as_text
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import joined, phrase, translatable

MAX_PARTS = 50

_NAMES = translatable(
    {
        "validator": "Validator",
        "nas_sync": "NAS sync",
        "lims": "LIMS",
        "plugin_host": "Plugins",
        "session_store": "Sessions",
    }
)


def setup_line(state: str, missing: Sequence[str]) -> str:
    """Return a line for the setup: its `state`, empty if it is ready, and what it still needs."""
    setup = f"⚠ {sanitize(state)}" if state else phrase("ready")
    if not missing:
        return phrase("Setup: {state}", state=setup)
    text = "Setup: {state}, still needed: {missing}"
    return phrase(text, state=setup, missing=", ".join(missing))


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
    known = _NAMES.get(name)
    title = sanitize(name.replace("_", " "), MAX_NAME) if known is None else phrase(known)
    if not isinstance(said, Mapping):
        return sanitize(phrase("{part}: {status}", part=title, status=_safe(said)))
    status, reason = said.get("status"), said.get("reason")
    why = f" ({_safe(reason)})" if reason else ""
    parts: list[str] = [joined((phrase("unknown") if status is None else _safe(status), why), "")]
    rest = {key: value for key, value in said.items() if key not in ("status", "reason")}
    parts += [f"{_safe(key.replace('_', ' '))} {_safe(value)}" for key, value in rest.items()]
    text = "{part}: {status}" if status == "ok" else "⚠ {part}: {status}"
    return sanitize(phrase(text, part=title, status=joined(parts, ", ")))


def _safe(said: Any) -> str:
    return sanitize(as_text(said))


def _part(said: Any) -> str:
    if not isinstance(said, Mapping) or "field" not in said:
        return sanitize(as_text(said))
    reason = said.get("reason")
    why = f" ({as_text(reason)})" if reason and reason != "missing" else ""
    return sanitize(as_text(said["field"]) + why)
