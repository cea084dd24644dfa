"""Where the panes of the window stand, and the presentation that borrows some of them."""
