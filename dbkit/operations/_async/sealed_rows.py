"""Rows with sealed columns, as a rotation of keys sees those of any entity."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from dbkit.types.value import Value
from dbkit.verbs._async.operations import AsyncOperations

__all__ = ["AsyncSealedRows", "AsyncWrappedKeys"]


class AsyncSealedRows(AsyncOperations):
    """What a rotation of data keys asks of an entity's rows, soft-deleted ones included."""

    async def sealed_by(
        self, column: str, project_id: UUID, key_id: UUID, *, after: Value | None = None, limit: int
    ) -> list[Any]:
        """Return up to `limit` rows of a project whose column is sealed with a data key, in the order of their keys."""
        columns, key_column = self._columns, self.entity.sealed[column]
        conditions = [columns.project_id == project_id, columns[key_column] == key_id]
        rest = tuple(name for name in self.entity.key if name != "project_id")
        if after is not None:
            conditions.append(self._behind(rest, after))
        return await self._all(*conditions, order_by=rest, limit=limit)

    async def sealed_by_others(self, column: str, key_id: UUID, *, after: Value | None = None, limit: int) -> list[Any]:
        """Return up to `limit` rows whose column is sealed with other data keys than this, in the order of keys."""
        conditions = [self._columns[self.entity.sealed[column]] != key_id]
        if after is not None:
            conditions.append(self._behind(self.entity.key, after))
        return await self._all(*conditions, order_by=self.entity.key, limit=limit)

    async def put_sealed(self, row: Value, column: str, envelope: bytes, key_id: UUID) -> bool:
        """Put another envelope of the same secret into a row; tell whether it was still as it was read.

        The row's version stays: nobody who has read the row has to read it again.
        """
        columns = self._columns
        kept = {"version": columns.version} if self.entity.has_version else {}
        changed = await self._change(
            {column: envelope, self.entity.sealed[column]: key_id, **kept},
            *(columns[name] == getattr(row, name) for name in self.entity.key),
            columns[column] == getattr(row, column),
        )
        return bool(changed)

    def _behind(self, names: tuple[str, ...], row: Value) -> ColumnElement[bool]:
        """Return the condition of the rows behind one, in the order of these columns."""
        columns = self._columns
        same = [columns[name] == getattr(row, name) for name in names]
        above = [columns[name] > getattr(row, name) for name in names]
        return or_(*(and_(*same[:place], above[place]) for place in range(len(names))))


class AsyncWrappedKeys(AsyncOperations):
    """What a rotation of the wrapping key asks of the data keys."""

    async def put_wrapped(self, key: Value, wrapped_key: bytes, kms_key: str, kms_key_version: int) -> bool:
        """Put a data key that is wrapped anew in the place of itself; tell whether it was still as it was read."""
        columns = self._columns
        changed = await self._change(
            {"wrapped_key": wrapped_key, "kms_key": kms_key, "kms_key_version": kms_key_version},
            *(columns[name] == getattr(key, name) for name in (*self.entity.key, "wrapped_key")),
        )
        return bool(changed)
