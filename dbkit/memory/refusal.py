"""A value that its type refuses, before it is known whose value it is."""

from __future__ import annotations

__all__ = ["ValueRefused"]


class ValueRefused(Exception):
    """A value does not fit; it becomes a `ValueInvalid` with the entity and key of the call.

    `is_ours` tells that the value could not even be sent to a server, so that its field is known;
    of what PostgreSQL refuses it names no column.
    """

    def __init__(self, sqlstate: str, *, is_ours: bool = False) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate
        self.is_ours = is_ours
