# Generated from dbkit/operations/_async/base.py by tools/unasync.py; edit that file instead.
"""The base of dbkit's own operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from dbkit.operations.months import months_from
from dbkit.operations.names import parsed_identifier
from dbkit.types._sync.unit import Unit
from dbkit.types.clock import now
from dbkit.types.errors import NotFound
from dbkit.types.filter import IgnoringCase
from dbkit.verbs._sync.operations import Operations

__all__ = ["OwnOperations"]


class OwnOperations(Operations):
    """Operations that may use the repositories of dbkit's other entities."""

    @contextmanager
    def _together(self) -> Iterator[Unit]:
        """Open a transaction around the block; in a transaction, go on in that one."""
        with super()._together() as tx:
            yield tx

    def _live(self, repository: Any, keys: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Return the live rows of another repository with these keys, in order; only their last parts differ."""
        found = repository._find_many(list(keys))  # noqa: SLF001 (repositories of one family)
        return [found[key] for key in keys if key in found]

    def _get_by_id_or_name(self, tenant: str, tenant_id: UUID, id_or_name: UUID | str) -> Any:
        """Return a tenant's live row by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        columns = self._columns
        live = (columns[tenant] == tenant_id, columns.deleted_at.is_(None))
        identifier = parsed_identifier(id_or_name)
        found = None if identifier is None else self._first(*live, columns.id == identifier)
        if found is None:
            page = self.page(self.entity.filter(**{tenant: tenant_id, "name": IgnoringCase(str(id_or_name))}), limit=1)
            found = next(iter(page), None)
        if found is None:
            raise NotFound(entity=self.entity.name, key={tenant: tenant_id, "id_or_name": id_or_name})
        return found

    def _ensure_months(self, repository: Any, months_ahead: int) -> None:
        """Give this month and so many after it a partition each."""
        for low, high in months_from(now(), months_ahead):
            repository._make_partition(low, high)  # noqa: SLF001 (repositories of one family)

    def _drop_months(self, repository: Any, before: datetime) -> None:
        """Drop the partitions that end before this time."""
        repository._drop_partitions(before)  # noqa: SLF001 (repositories of one family)
