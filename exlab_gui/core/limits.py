"""How much the program shows and takes at once, so that the window is never away for long.

Whatever is cut or refused by one of these is said where it is shown.
"""

COPIED_ROWS = 200_000
"""Rows of the log that are copied at once; export the log to have more."""

COPIED_CHARACTERS = 30_000_000
"""Characters of the rows that are copied at once."""

LISTED_SESSIONS = 10_000
"""Sessions of one server that are shown; further ones are left out."""

LISTED_VALUES = 500_000
"""Values and commas in a server's list of sessions; a longer list is not read."""

MESSAGE_BYTES = 380_000
"""Bytes of a server's message, or of what it says of a session: a line of a recording holds them.

Of a longer message only the beginning is kept; a longer response is not read.
"""

MESSAGE_VALUES = 50_000
"""Values and commas in a server's message or response; one with more is not understood."""

COVERAGE_BYTES = 100_000_000
"""Bytes of a file with coverage; a longer one is not read."""

FORM_FIELDS = 100
"""Fields of one question: more are refused in a scenario, and left out of a form."""

FORM_OPTIONS = 1_000
"""Options of a field that can be chosen in a form."""

FORM_CHARACTERS = 20_000
"""Characters of a suggested answer; a longer one is not shown, but sent if nothing is typed."""

SHOWN_CHARACTERS = 100_000
"""Characters of a message that are shown as JSON; it can be copied whole."""

SHOWN_LINE = 5_000
"""Characters of a line of them."""

MACHINE_BYTES = 1_000_000
"""Bytes of a file that has a state machine; a longer one is not read."""

STATES = 60
"""States of a machine; one with more is refused, since it would take too long to lay out."""

TRANSITIONS = 200
"""Transitions of a machine; one with more is refused as well."""
