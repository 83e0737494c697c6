"""A value that its type refuses, before it is known whose value it is."""

from __future__ import annotations

__all__ = ["ValueRefused"]


class ValueRefused(Exception):
    """A value does not fit; it becomes a `ValueInvalid` with the entity and key of the call.

    Without a SQLSTATE it is one that could not even be sent to a server, so that its field is known; of a value that
    PostgreSQL refuses it names no column.
    """

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate
