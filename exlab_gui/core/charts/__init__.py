"""Charts about many sessions: what they show, in words and as shapes, whatever draws them."""
