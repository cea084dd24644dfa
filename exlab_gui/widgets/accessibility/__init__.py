"""What screen readers find in the widgets that paint themselves."""
