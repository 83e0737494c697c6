"""Examine a server: settings, limits, roles, locks, replication, each finding with its fix."""
