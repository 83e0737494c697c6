"""Pools: profiles that say how large and how patient they are, and the proof that a fleet of them fits a server."""
