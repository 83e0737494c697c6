"""The base of dbkit's own operations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from dbkit.operations.months import months_from
from dbkit.types._async.unit import AsyncUnit
from dbkit.types.clock import now
from dbkit.verbs._async.operations import AsyncOperations

__all__ = ["AsyncOwnOperations"]


class AsyncOwnOperations(AsyncOperations):
    """Operations that may use the repositories of dbkit's other entities."""

    @asynccontextmanager
    async def _together(self) -> AsyncIterator[AsyncUnit]:
        """Open a transaction around the block; in a transaction, go on in that one."""
        async with super()._together() as tx:
            yield tx

    async def _live(self, repository: Any, keys: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Return the live rows of another repository with these keys, in order; only their last parts differ."""
        found = await repository._find_many(list(keys))  # noqa: SLF001 (repositories of one family)
        return [found[key] for key in keys if key in found]

    async def _ensure_months(self, repository: Any, months_ahead: int) -> None:
        """Give this month and so many after it a partition each."""
        for low, high in months_from(now(), months_ahead):
            await repository._make_partition(low, high)  # noqa: SLF001 (repositories of one family)

    async def _drop_months(self, repository: Any, before: datetime) -> None:
        """Drop the partitions that end before this time."""
        await repository._drop_partitions(before)  # noqa: SLF001 (repositories of one family)
