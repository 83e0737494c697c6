"""Benchmarks: dbkit and its peers do the same work on the same server."""
