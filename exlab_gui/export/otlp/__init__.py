"""Sessions as OpenTelemetry traces, and these as files."""
