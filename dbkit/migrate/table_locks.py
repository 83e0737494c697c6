"""Locks on tables as the server names them, and those that a session holds itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, LiteralString

from dbkit.migrate.header import Lock

__all__ = ["OWN_LOCKS", "STRONG", "locks_of"]

_MODES: Final = {"".join(lock.value.title().split()) + "Lock": lock for lock in Lock}

STRONG: Final = frozenset(tuple(Lock)[tuple(Lock).index(Lock.SHARE) :])
"""The locks that keep writers waiting, or readers too; weaker ones only keep out other changes of the schema."""

OWN_LOCKS: Final[LiteralString] = """
SELECT relation, array_agg(DISTINCT mode) AS modes FROM pg_locks
WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted GROUP BY relation
"""
"""The query for what the asking session holds: each relation with the modes, which `locks_of` understands."""


def locks_of(modes: Iterable[str] | None) -> Iterator[Lock]:
    """Return the locks of these modes, those that are weaker than any `Lock` left out."""
    return (_MODES[mode] for mode in modes or () if mode in _MODES)
