"""The trace of a test as a file, and as a page."""
