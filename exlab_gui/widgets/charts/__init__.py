"""Charts about the sessions of the archive, each with its table beside it."""
