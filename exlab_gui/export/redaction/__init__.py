"""Recordings without the words that are nobody else's business."""
