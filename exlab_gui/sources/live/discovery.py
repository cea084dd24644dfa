"""The server that runs on this machine, as its file tells it."""

from contextlib import suppress

from exlab_gui.sources.live.address import Address, parse_address
from exlab_gui.sources.live.errors import ServerError
from exlab_gui.sources.live.server_file import ServerFileError, read_server_file


class NoneFoundError(ServerError):
    """No running server was found on this machine; the message says why, in one sentence."""


def found_server() -> Address:
    """Return where the server of this machine is. Raises NoneFoundError where none runs."""
    try:
        file = read_server_file()
    except ServerFileError as error:
        raise NoneFoundError(str(error)) from None
    if file is None:
        raise NoneFoundError("No running ExLab-Wizard was found here. Give its URL.")
    if file.is_leftover:
        raise NoneFoundError(
            f"No running ExLab-Wizard was found here: the process {file.pid}, which said it was "
            f"at {file.url}, is dead."
        )
    return parse_address(file.url)


def found_again() -> Address | None:
    """Return where the server is now: after a restart, it is at another port."""
    with suppress(NoneFoundError):
        return found_server()
    return None
