"""What a demo server stands on, handed to everything that answers."""

from dataclasses import dataclass, field

from exlab_gui.demo_server.connections import Connections
from exlab_gui.demo_server.faults import Behaviour
from exlab_gui.demo_server.health import Condition
from exlab_gui.demo_server.sessions import DemoSessions


@dataclass
class World:
    """The sessions, how the server behaves, how it says it is, and who is connected."""

    sessions: DemoSessions
    behaviour: Behaviour
    condition: Condition = field(default_factory=Condition)
    connections: Connections = field(default_factory=Connections)
