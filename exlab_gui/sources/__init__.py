"""Where sessions come from, and where commands for them go: no Qt."""
