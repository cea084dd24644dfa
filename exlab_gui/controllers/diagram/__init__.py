"""What is shown on top of the diagram."""
