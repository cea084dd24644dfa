"""The presentation: what an audience reads, as large as the screen allows."""
