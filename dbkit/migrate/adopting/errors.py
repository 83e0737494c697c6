"""What is not taken over, and why."""

from __future__ import annotations

from typing import ClassVar

from dbkit.types.errors import SchemaMismatch

__all__ = ["NotAdoptable"]


class NotAdoptable(SchemaMismatch):
    """The schema is not that of the line at a place that is known. Nothing was changed."""

    code: ClassVar[str] = "not_adoptable"
    what: ClassVar[str] = "The database is not what the line makes"
    advice: ClassVar[str] = "Bring it to what the line makes at some revision, or write one that leads there."
    exit_code: ClassVar[int] = 1
