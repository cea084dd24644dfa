"""The state machine as a diagram."""
