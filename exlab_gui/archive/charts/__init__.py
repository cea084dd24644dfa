"""What charts show, asked of an index."""
