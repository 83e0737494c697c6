"""What a question that the server did not answer comes to."""

from __future__ import annotations

import psycopg
from psycopg import errors

from dbkit.doctor.unseen import Unseen

__all__ = ["unanswered"]

# A connection that is lost, and a server that ends it.
_LOST = ("08", "57P")


def unanswered(error: psycopg.Error, refused: str) -> Unseen:
    """Return why there are no facts: `refused`, where the role may not ask. A lost connection is raised again."""
    if isinstance(error, errors.InsufficientPrivilege):
        return Unseen(refused)
    if isinstance(error, errors.QueryCanceled | errors.LockNotAvailable):
        return Unseen("the server did not answer in time")
    if isinstance(error, errors.CharacterNotInRepertoire):
        return Unseen("names in this database are not in UTF-8")
    if error.sqlstate is None or error.sqlstate.startswith(_LOST):
        raise error
    return Unseen(f"the server refuses the question (SQLSTATE {error.sqlstate})")
