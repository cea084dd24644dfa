"""The commands, each in a file with its options; and what several of them share."""
