"""A session as one HTML page: its parts, in the order in which they are read."""
