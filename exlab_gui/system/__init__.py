"""What depends on the operating system: the ground that all else stands on."""
