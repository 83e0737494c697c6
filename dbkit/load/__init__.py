"""Measure a server with the repositories' own calls, and turn what was found into a profile."""
