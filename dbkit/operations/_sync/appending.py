# Generated from dbkit/operations/_async/appending.py by tools/unasync.py; edit that file instead.
"""What usage events and logs share: appended in bulk, each row once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.errors import AlreadyExists
from dbkit.types.value import Value
from dbkit.verbs._sync.repository import TransactionRepository

__all__ = ["Appending"]

_CHUNK = 5_000


class Appending(OwnOperations):
    """Operations of rows that are appended, and that may come again."""

    def _append(self, given: Iterable[Value]) -> int:
        """Store rows, all or none, and return how many were new.

        Copied at first, which is three times as fast; only where one of them is stored already they are inserted,
        those left out that are.
        """
        rows = list(given)
        with suppress(AlreadyExists):
            return self._copy_all(rows)
        if len(rows) <= _CHUNK:
            return len(self._add_missing(rows))
        with self._together() as tx:
            repository, left, added = getattr(tx, self.entity.name), iter(rows), 0
            while chunk := list(islice(left, _CHUNK)):
                added += len(repository._add_missing(chunk))  # noqa: SLF001 (repositories of one family)
            return added

    def _copy_all(self, rows: list[Value]) -> int:
        """Copy rows; in a transaction, so that a refusal does not end that."""
        if not isinstance(self, TransactionRepository):
            copied: int = self.create_many(rows)
            return copied
        unit: Any = self._unit
        with unit.transaction() as nested:
            return int(getattr(nested, self.entity.name).create_many(rows))
