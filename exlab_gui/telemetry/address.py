"""The address of an OpenTelemetry receiver."""

from urllib.parse import urlsplit

from exlab_gui.core.text.sanitize import PlainError


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
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise OtlpError(f'"{url}" is not the address of a receiver, as in http://localhost:4318.')
    if parts.path in ("", "/"):
        return parts._replace(path="/v1/traces").geturl()
    return url
