"""The sessions of the archive as Qt sees them."""
