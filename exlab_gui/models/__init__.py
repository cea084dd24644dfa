"""Sessions as Qt objects with signals, and as item models."""
