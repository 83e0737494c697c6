"""The mark on a partition that was taken out of its table and waits to be dropped: a comment, set with the change."""

from __future__ import annotations

from datetime import datetime
from typing import Final

__all__ = ["RETIRED", "mark", "marked_at"]

RETIRED: Final = "Retired partition of "
"""How the comment begins."""

_AT: Final = " at "


def mark(table: str, at: datetime) -> str:
    """Return the comment on a partition that leaves a table at this time."""
    return f"{RETIRED}{table}{_AT}{at.isoformat()}"


def marked_at(table: str, comment: str) -> datetime | None:
    """Return when a partition has left this table; None where the comment is no such mark."""
    beginning = f"{RETIRED}{table}{_AT}"
    if not comment.startswith(beginning):
        return None
    try:
        return datetime.fromisoformat(comment.removeprefix(beginning))
    except ValueError:
        # Somebody has written on: it is theirs now.
        return None
