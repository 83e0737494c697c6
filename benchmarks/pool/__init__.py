"""Pools in trouble: dbkit's and its peers' beside each other, on a server that is restarted, stopped and frozen."""
