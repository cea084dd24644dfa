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

MESSAGE_VALUES = 50_000
"""Values and commas in a server's message or response; one with more is not understood."""
