"""Sessions as Qt sees them: objects with signals, and item models."""
