"""What a server tells of a session only after its end."""

from typing import Annotated, ClassVar

import msgspec

from exlab_gui.core.protocol.actors import Actor, Between

ExitCode = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**32)]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=10**12)]


class AppliedPlugin(msgspec.Struct, frozen=True, omit_defaults=True):
    """A plugin that was run. One that failed does not fail its session, and shows nowhere else."""

    plugin: str
    status: str
    version: str = ""
    exit_code: ExitCode | None = None
    duration_ms: Milliseconds | None = None
    files: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return self.status not in ("success", "skipped")


class Explained(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="cause", tag="explained"
):
    """What was found out about the end of a session, after it.

    `readme` is the path of the README, `template` its name and version. `log` has the lines of the
    server's own log at that time, if it is on this computer.
    """

    between: ClassVar[Between] = Actor.SERVER, Actor.SESSION

    plugins: tuple[AppliedPlugin, ...] = ()
    sync_status: str | None = None
    readme: str | None = None
    template: str | None = None
    log: tuple[str, ...] = ()

    @property
    def failures(self) -> int:
        """The number of plugins that failed."""
        return sum(plugin.failed for plugin in self.plugins)
