"""What the window looks like: colours, contrast, the style sheet, icons."""
