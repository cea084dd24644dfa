"""Pictures of the window in every theme, size and state, with a list of what is wrong in each."""
