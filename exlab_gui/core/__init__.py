"""The creation session and its state machine: pure Python, no Qt, no event loop."""
