"""Everything that the program writes for other programs and for readers."""
