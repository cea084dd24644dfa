"""What sends sessions to a receiver: their spans as they end, and figures about all of them."""

import platform
from functools import partial
from uuid import uuid4

from exlab_gui import __version__
from exlab_gui.export.otlp.spans import Attributes
from exlab_gui.telemetry.feed import Feed, Later
from exlab_gui.telemetry.metrics import Metrics
from exlab_gui.telemetry.sender import Sender


def connect(url: str, later: Later, *, operator: bool = False) -> tuple[Feed, Sender]:
    """Return what takes sessions, and what sends them to the receiver at `url`.

    `later` calls a function after so many seconds. Raises OtlpError.
    """
    metrics = Metrics()
    known: Attributes = {
        "service.name": "exlab-gui",
        "service.version": __version__,
        "service.instance.id": str(uuid4()),
        **({"host.name": platform.node()} if platform.node() else {}),
    }
    sender = Sender(url, metrics=partial(_body, metrics, known))
    return Feed(sender, later, operator=operator, metrics=metrics), sender


def _body(metrics: Metrics, known: Attributes) -> bytes:
    from exlab_gui.telemetry.protobuf import encode_metrics  # there once the sender is

    return encode_metrics(metrics.figures(), known)
