"""The pools that are compared."""
