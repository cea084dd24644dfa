"""``exlab-gui watch``: prints what happens to the sessions of a running server."""

from typing import TYPE_CHECKING

import click

from exlab_gui.commands.shared import options
from exlab_gui.commands.shared.output import echo_json
from exlab_gui.sources.live.listening.choice import StreamChoice

if TYPE_CHECKING:
    from exlab_gui.sources.live.source import LiveSource

_SETTLE_S = 0.2
"""So long a new session is not printed: by then its event stream has told what came before."""


@click.command()
@click.argument("url", required=False)
@options.session_option("Only this session.")
@options.interval_option
@options.events_option("auto", auto=StreamChoice.AUTO)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def watch(
    url: str | None,
    session_id: str | None,
    interval: float | None,
    events: StreamChoice,
    as_json: bool,
) -> None:
    """Print the events of the sessions of a running ExLab-Wizard, as they happen.

    Without URL, the server that was found on this computer. The first line, on standard error, says
    whether event streams are read or sessions are polled only. A state that was passed between two
    polls is inferred, and marked, if no path leads around it, apart from loops. The command runs
    until it is stopped by Ctrl-C or SIGTERM; with --session, until that session is over.
    """
    from exlab_gui.commands.shared.following import follow

    printer = _Printer(as_json=as_json, names=session_id is None)
    follow(url, session_id, printer.take, interval, events, settle_s=_SETTLE_S)


class _Printer:
    def __init__(self, *, as_json: bool, names: bool) -> None:
        self._as_json = as_json
        self._names = names
        self._printed: dict[str, int] = {}

    def take(self, source: "LiveSource") -> None:
        import msgspec

        from exlab_gui.core.text.event_lines import EventLines
        from exlab_gui.core.trace.line import encode_event

        lines = EventLines(source.machine)
        done = self._printed.get(source.session_id)
        before = source.arrivals[done - 1] if done else None
        # What was polled first is printed as the event stream has corrected it by now.
        for event in source.history if done is None else source.arrivals[done:]:
            if self._as_json:
                named = msgspec.json.encode(source.session_id)
                echo_json(b'{"session_id":' + named + b"," + encode_event(event)[1:])
            else:
                name = f"{source.session_id[:8]:<8}  " if self._names else ""
                click.echo(name + lines.line(event, before))
            before = event
        self._printed[source.session_id] = len(source.arrivals)
