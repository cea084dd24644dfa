"""Server addresses."""

from base64 import b64encode
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, unquote, urlsplit

from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.translation import phrase

_STREAMS = {"http": "ws", "https": "wss"}
_OF_PATHS = "/%:@!$&'()*+,;=~"


class AddressError(PlainError, ValueError):
    """A text is not a server address; the message says why in one sentence."""


@dataclass(frozen=True)
class Address:
    """A server's address. `url` has no credentials: it may be shown, logged and kept."""

    url: str
    credentials: tuple[str, str] | None = field(default=None, repr=False)
    """User name and password from the address."""

    def __str__(self) -> str:
        return self.url

    @cached_property
    def _host(self) -> IPv4Address | IPv6Address | str:
        host = urlsplit(self.url).hostname or ""
        try:
            return ip_address(host)
        except ValueError:
            return host

    @property
    def is_local(self) -> bool:
        """Whether it is on the loopback interface of this computer."""
        host = self._host
        return host.is_loopback if not isinstance(host, str) else host == "localhost"

    @property
    def is_numeric(self) -> bool:
        """Whether it has the host's IP address, and not a name that may stand for several."""
        return not isinstance(self._host, str)

    @property
    def is_encrypted(self) -> bool:
        return self.url.startswith("https:")

    @property
    def authorization(self) -> str | None:
        """The header of that name, or None without credentials."""
        if self.credentials is None:
            return None
        return f"Basic {b64encode(':'.join(self.credentials).encode()).decode()}"

    def api(self, path: str) -> str:
        return f"{self.url}/api/v1{path}"

    def stream(self, session_id: str) -> str:
        scheme, rest = self.url.split("://", 1)
        return f"{_STREAMS[scheme]}://{rest}/api/v1/sessions/{quote(session_id, safe='')}/events"


_PAGES = (
    *("main", "welcome", "settings", "problems", "staging", "templates", "restart-required"),
    *("wizard/project", "wizard/run", "wizard/test-run", "api/v1"),
)
"""The paths of the wizard's pages, and of its API."""


def parse_address(text: str) -> Address:
    """Return the address in `text`: ``[http(s)://][user:password@]host[:port][/path]``.

    The path may be that of a page of the wizard, as a browser shows it; the page is left out.
    Raises AddressError. No message repeats `text`, which may hold a password.
    """
    text = text.strip()
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise AddressError(
            phrase("This is not an address: write it as http://host:port.")
        ) from None
    scheme, host = parts.scheme.lower(), parts.hostname
    if scheme not in _STREAMS:
        raise AddressError(phrase("An address must begin with http:// or https://."))
    if not host or not text.isprintable() or " " in text:
        raise AddressError(phrase("This is not an address: write it as http://host:port."))
    path, page = _without_page(parts.path)
    if (parts.query or parts.fragment) and not page:
        raise AddressError(phrase("A server address must not contain ? or #."))
    try:
        place = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise AddressError(phrase("This is not an address: no host has such a name.")) from None
    path = quote(path, safe=_OF_PATHS)
    url = f"{scheme}://{place}{f':{port}' if port is not None else ''}{path}"
    if parts.username is None:
        return Address(url)
    return Address(url, (unquote(parts.username), unquote(parts.password or "")))


def _without_page(path: str) -> tuple[str, str]:
    """Return `path` without the wizard's page at its end, and that page, if there is one."""
    path = path.rstrip("/")
    page = next((page for page in _PAGES if path.endswith(f"/{page}")), "")
    return (path.removesuffix(f"/{page}").rstrip("/") if page else path), page
