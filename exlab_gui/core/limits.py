"""How much the program shows and takes at once, so that the window is never away for long.

Whatever is cut or refused by one of these is said where it is shown.
"""

COPIED_ROWS = 200_000
"""Rows of the log that are copied at once; export the log to have more."""

COPIED_CHARACTERS = 30_000_000
"""Characters of the rows that are copied at once."""
