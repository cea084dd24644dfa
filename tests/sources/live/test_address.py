"""Addresses as they are typed: what is one, and what of it may be shown."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.sources.live.address import AddressError, parse_address

SECRETS = st.text("abcXYZ019._~-", min_size=6, max_size=20)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("lab:8000", "http://lab:8000"),
        (" HTTP://lab ", "http://lab"),
        ("https://lab/wizard/", "https://lab/wizard"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_what_is_typed_is_understood(typed, url):
    """Spaces around it, a missing scheme and a slash at its end do not matter."""
    address = parse_address(typed)
    assert (address.url, address.credentials) == (url, None)
    assert address.api("/health") == f"{url}/api/v1/health"


@pytest.mark.parametrize("typed", ["", "ftp://lab", "http://", "http://lab:99999", "http://a?b=c"])
def test_what_is_no_address_is_refused(typed):
    """It is said in a sentence."""
    with pytest.raises(AddressError, match=r"\.$"):
        parse_address(typed)


@pytest.mark.parametrize(("scheme", "stream"), [("http", "ws"), ("https", "wss")])
def test_the_stream_is_at_the_same_host(scheme, stream):
    """Over the same kind of connection; an id cannot lead anywhere else."""
    address = parse_address(f"{scheme}://lab:1")
    assert address.stream("a/../b?c") == f"{stream}://lab:1/api/v1/sessions/a%2F..%2Fb%3Fc/events"


@given(SECRETS, SECRETS)
def test_credentials_are_used_and_never_shown(user, password):
    """They are kept apart from what is shown, logged and remembered."""
    address = parse_address(f"http://{user}:{password}@lab")
    assert address.credentials == (user, password)
    assert (address.url, str(address)) == ("http://lab", "http://lab")
    assert password not in repr(address)


@given(st.text())
def test_whatever_is_typed_is_an_address_or_none(typed):
    """Nothing else comes of it."""
    with suppress(AddressError):
        assert parse_address(typed).url.startswith("http")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:51165/main", "http://127.0.0.1:51165"),
        ("127.0.0.1:51165/main/", "http://127.0.0.1:51165"),
        ("http://lab:8000/settings?active=paths", "http://lab:8000"),
        ("http://lab:8000/wizard/test-run", "http://lab:8000"),
        ("https://lab/exlab/main", "https://lab/exlab"),
        ("http://lab/api/v1", "http://lab"),
        ("http://lab/domain", "http://lab/domain"),
    ],
)
def test_the_address_of_a_page_is_that_of_its_server(text, url):
    """It can be copied from a browser that shows the wizard."""
    assert parse_address(text).url == url


@pytest.mark.parametrize(
    ("host", "is_numeric", "is_local"),
    [
        ("127.0.0.1", True, True),
        ("[::1]", True, True),
        ("10.0.0.7", True, False),
        ("[fe80::1]", True, False),
        ("localhost", False, True),
        ("lab-server.example", False, False),
    ],
)
def test_a_host_is_a_name_or_a_number(host: str, is_numeric: bool, is_local: bool) -> None:
    """A name may stand for several addresses, which are tried side by side."""
    address = parse_address(f"http://{host}:8000")
    assert (address.is_numeric, address.is_local) == (is_numeric, is_local)
