"""Capabilities: the few places where backends may differ, each with its name and its reason.

Everything that the interface of a repository or a transaction offers is the same on every backend
and asks for no capability.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["MEMORY", "POSTGRESQL", "Capability"]


class Capability(Enum):
    """What a backend may offer beyond the verbs."""

    SQL = "sql"
    """`execute` and `session`: a statement of the caller's own needs a server that reads SQL."""


POSTGRESQL = frozenset(Capability)
"""What PostgreSQL offers."""

MEMORY: frozenset[Capability] = frozenset()
"""What the in-memory twin offers."""
