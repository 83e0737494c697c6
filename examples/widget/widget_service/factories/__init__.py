"""Factories of valid rows: what is declared of them by hand, and all of them in `typed`."""
