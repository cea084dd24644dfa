"""The error of the driver, which tests import without Qt."""


class NotPossibleError(Exception):
    """The window does not offer what was asked for; the message is the reason that it shows."""


class InvariantError(AssertionError):
    """An invariant does not hold after an event."""
