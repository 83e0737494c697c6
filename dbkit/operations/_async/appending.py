"""What usage events and logs share: appended in bulk, each row once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.errors import AlreadyExists
from dbkit.types.value import Value
from dbkit.verbs._async.repository import AsyncTransactionRepository

__all__ = ["AsyncAppending"]

_CHUNK = 5_000


class AsyncAppending(AsyncOwnOperations):
    """Operations of rows that are appended, and that may come again."""

    async def _append(self, given: Iterable[Value]) -> int:
        """Store rows, all or none, and return how many were new.

        Copied at first, which is three times as fast; only where one of them is stored already they are inserted,
        those left out that are.
        """
        rows = list(given)
        with suppress(AlreadyExists):
            return await self._copy_all(rows)
        if len(rows) <= _CHUNK:
            return len(await self._add_missing(rows))
        async with self._together() as tx:
            repository, left, added = getattr(tx, self.entity.name), iter(rows), 0
            while chunk := list(islice(left, _CHUNK)):
                added += len(await repository._add_missing(chunk))  # noqa: SLF001 (repositories of one family)
            return added

    async def _copy_all(self, rows: list[Value]) -> int:
        """Copy rows; in a transaction, so that a refusal does not end that."""
        if not isinstance(self, AsyncTransactionRepository):
            copied: int = await self.create_many(rows)
            return copied
        unit: Any = self._unit
        async with unit.transaction() as nested:
            return int(await getattr(nested, self.entity.name).create_many(rows))
