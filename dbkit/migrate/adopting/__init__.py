"""Databases and projects that were there before dbkit, taken over with a proof of what they are."""
