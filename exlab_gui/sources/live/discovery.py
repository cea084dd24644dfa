"""Finding the server that runs on this computer."""

from contextlib import suppress

from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.address import Address, parse_address
from exlab_gui.sources.live.errors import ServerError
from exlab_gui.sources.live.server_file import ServerFileError, read_server_file


class NoServerFoundError(ServerError):
    """No running server was found on this computer; the message says why."""


def find_server() -> Address:
    """Return the address of the server on this computer. Raises NoServerFoundError."""
    try:
        file = read_server_file()
    except ServerFileError as error:
        raise NoServerFoundError(str(error)) from None
    if file is None:
        raise NoServerFoundError(phrase("No running ExLab-Wizard was found here. Give its URL."))
    if file.is_leftover:
        raise NoServerFoundError(
            phrase(
                "No running ExLab-Wizard was found here: its process {pid} at {url} is dead.",
                pid=file.pid,
                url=file.url,
            )
        )
    return parse_address(file.url)


def find_again() -> Address | None:
    """Return the server's current address, since a restart changes the port, or None."""
    with suppress(NoServerFoundError):
        return find_server()
    return None
