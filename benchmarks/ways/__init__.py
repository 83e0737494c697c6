"""The ways to do the work, one file for each."""
