"""The base of dbkit's own operations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from dbkit.operations.months import months_from
from dbkit.operations.names import parsed_identifier
from dbkit.types._async.unit import AsyncUnit
from dbkit.types.clock import now
from dbkit.types.errors import NotFound
from dbkit.types.filter import IgnoringCase
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

    async def _get_by_id_or_name(self, tenant: str, tenant_id: UUID, id_or_name: UUID | str) -> Any:
        """Return a tenant's live row by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        columns = self._columns
        live = (columns[tenant] == tenant_id, columns.deleted_at.is_(None))
        identifier = parsed_identifier(id_or_name)
        found = None if identifier is None else await self._first(*live, columns.id == identifier)
        if found is None:
            page = await self.page(
                self.entity.filter(**{tenant: tenant_id, "name": IgnoringCase(str(id_or_name))}), limit=1
            )
            found = next(iter(page), None)
        if found is None:
            raise NotFound(entity=self.entity.name, key={tenant: tenant_id, "id_or_name": id_or_name})
        return found

    async def _ensure_months(self, repository: Any, months_ahead: int) -> None:
        """Give this month and so many after it a partition each."""
        for low, high in months_from(now(), months_ahead):
            await repository._make_partition(low, high)  # noqa: SLF001 (repositories of one family)

    async def _drop_months(self, repository: Any, before: datetime) -> None:
        """Drop the partitions that end before this time."""
        await repository._drop_partitions(before)  # noqa: SLF001 (repositories of one family)
