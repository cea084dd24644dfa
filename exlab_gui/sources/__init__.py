"""Sources of sessions, without Qt."""
