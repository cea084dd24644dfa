"""The demo server, with faults."""

from exlab_gui.demo_server.server import DemoServer
from tests.helpers.faulty_server.connections import reset_all
from tests.helpers.faulty_server.control import FaultControl
from tests.helpers.faulty_server.fault_middleware import FaultMiddleware
from tests.helpers.faulty_server.faults import Behaviour
from tests.helpers.faulty_server.session import FaultySession


class FaultyServer(DemoServer):
    """A demo server that conducts itself as `conduct` says; by default, as a real one does.

    `requests` holds what was asked for, oldest first, as methods and paths; ``WS`` is the opening
    of a stream.
    """

    def __init__(self, *, traffic=False, conduct=None, **options):
        self.behaviour = Behaviour(conduct)
        super().__init__(traffic=traffic, **options)

    @property
    def conduct(self):
        """How the server conducts itself. Setting it counts anew."""
        return self.behaviour.conduct

    @conduct.setter
    def conduct(self, conduct):
        self.behaviour.become(conduct)

    @property
    def requests(self):
        """What was asked for."""
        return list(self._faults.requests)

    def new_session(self, scenario, **options):
        """Return a session that can be made to misbehave."""
        return FaultySession(scenario, self.behaviour, **options)

    def routes(self):
        """Return every route, those that control faults first."""
        return [*FaultControl(self).routes(), *super().routes()]

    def application(self):
        """Return the application behind what spoils it."""
        self._faults = FaultMiddleware(super().application(), self.behaviour, self.state)
        return self._faults

    async def restart(self, but=None):
        """Do as a crash and a new start do: forget every session, reset every connection.

        The connection that the request `but` came by is left.
        """
        await self.forget()
        reset_all(self.state, but)
        self.begin()
