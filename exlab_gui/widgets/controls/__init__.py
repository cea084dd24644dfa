"""How the controls of a window share its keys, wheel and drops."""
