"""The certificates that are trusted, loaded once, and only for https."""

import ssl
from functools import cache

from exlab_gui.sources.live.address import Address


def tls_context(address: Address) -> ssl.SSLContext | None:
    """Return what checks the server's certificate; None for plain http, which has none."""
    return trusted() if address.is_encrypted else None


@cache
def trusted() -> ssl.SSLContext:
    """Return what trusts the certificates that the system trusts."""
    return ssl.create_default_context()  # it takes some 50 ms
