"""All sessions of the archive, to be searched, opened, exported and deleted."""
