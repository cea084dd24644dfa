"""How many files the program may have open at once."""

import sys

_ENOUGH = 2**14
"""More than there can be sessions; some systems refuse to set no limit at all."""


def allow_many_open_files() -> None:
    """Raise the limit as far as the system allows: what it gives to every program is little."""
    if sys.platform == "win32":
        return
    import resource

    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = _ENOUGH if most == unlimited else min(most, _ENOUGH)
    if given != unlimited and given < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
