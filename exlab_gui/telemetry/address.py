"""The address of an OpenTelemetry receiver."""

from urllib.parse import unquote, urlsplit

from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.translation import phrase

_TRACES, _METRICS = "/v1/traces", "/v1/metrics"


class OtlpError(PlainError, ValueError):
    """Nothing can be sent there; the message says why, in one sentence."""


def traces_url(url: str) -> str:
    """Return the address for traces at `url`, which may be that of the receiver alone.

    Raises OtlpError if `url` is none.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or port == 0
        or any(map(str.isspace, url))
    ):
        raise OtlpError(
            phrase(
                '"{url}" is not the address of a receiver, as in http://localhost:4318.', url=url
            )
        )
    if parts.path in ("", "/"):
        return parts._replace(path=_TRACES).geturl()
    return url


def metrics_url(traces: str) -> str | None:
    """Return the address for metrics beside that for `traces`, if it is known."""
    parts = urlsplit(traces)
    if not parts.path.endswith(_TRACES):
        return None
    return parts._replace(path=parts.path.removesuffix(_TRACES) + _METRICS).geturl()


def without_user(url: str) -> str:
    """Return `url` without the name and the password that stand in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def headers(given: str) -> dict[str, str]:
    """Return the headers in `given`, as OTEL_EXPORTER_OTLP_HEADERS has them: ``key=value,…``."""
    found = (one.partition("=") for one in given.split(",") if "=" in one)
    return {unquote(key.strip()).lower(): unquote(value.strip()) for key, _, value in found}
