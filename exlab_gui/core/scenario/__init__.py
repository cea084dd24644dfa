"""Scripted sessions: their steps, their files, and how they are carried out."""
