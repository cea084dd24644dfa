"""Whether to read the event streams of a server, as the user chose; kept in the settings."""

from typing import TYPE_CHECKING

from exlab_gui.settings import Settings

if TYPE_CHECKING:  # the window opens sooner without it
    from exlab_gui.sources.live.address import Address

EVENT_STREAMS = "servers/event_streams"
HERE = "this computer"
"""Stands for a server of this computer, which has another port after each start."""


def kept_choice(settings: Settings, address: "Address") -> bool | None:
    """Return whether to read the event streams, or None if the user has not chosen."""
    return _choices(settings).get(_key(address))


def keep_choice(settings: Settings, address: "Address", streams: bool) -> None:
    settings.keep(EVENT_STREAMS, {**_choices(settings), _key(address): streams})


def _choices(settings: Settings) -> dict[str, bool]:
    return settings.value(EVENT_STREAMS, dict[str, bool]) or {}


def _key(address: "Address") -> str:
    return HERE if address.is_local else address.url
