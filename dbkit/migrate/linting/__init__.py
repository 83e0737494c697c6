"""Lint: what a revision's statements do that stops others, loses data or cannot be taken back, by rules with names."""
