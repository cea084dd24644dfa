"""Many recordings in a folder, and an index that answers questions about all of them."""
