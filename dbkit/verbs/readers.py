"""What reads an entity's calls, made once and shared by all its repositories."""

from __future__ import annotations

from functools import cache
from typing import Any

from dbkit.models.entity import Entity
from dbkit.verbs.changes import ChangeReader
from dbkit.verbs.keys import KeyReader
from dbkit.verbs.query import QueryReader

__all__ = ["readers_of"]


@cache
def readers_of(entity: Entity[Any, Any, Any]) -> tuple[KeyReader, QueryReader, ChangeReader]:
    """Return the readers of an entity: every transaction has repositories of its own, but nothing new to learn."""
    return KeyReader(entity), QueryReader(entity), ChangeReader(entity)
