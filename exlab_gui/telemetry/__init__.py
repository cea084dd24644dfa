"""Sending sessions to an OpenTelemetry backend while they happen."""
