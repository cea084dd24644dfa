"""The certificates that are trusted are loaded if they are needed, and once."""

from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.transport.certificates import tls_context, trusted


def test_plain_http_loads_none():
    """To load them keeps the window waiting for 50 ms: http needs none, https one set."""
    trusted.cache_clear()
    assert tls_context(parse_address("http://lab.example")) is None
    assert trusted.cache_info().currsize == 0
    context = tls_context(parse_address("https://lab.example"))
    assert context is not None
    assert tls_context(parse_address("https://other.example")) is context
