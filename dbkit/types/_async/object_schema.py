# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of object_schemas."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.object_schema import ObjectSchemaChanges, ObjectSchemaOrder, ObjectSchemaUniqueKey
from dbkit.types.identifiers import ConnectionId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.object_schema import NewObjectSchema, ObjectSchema, ObjectSchemaFilter
from dbkit.types.page import Page, Upserted
from dbkit.types.value import JsonObject, Text

__all__ = ["AsyncObjectSchemaRepository", "AsyncObjectSchemaTransactionRepository"]


class AsyncObjectSchemaRepository(Protocol):
    """The verbs of object_schemas, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text) -> ObjectSchema:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text) -> ObjectSchema | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, project_id: ProjectId, connection_id: ConnectionId, object_names: Sequence[Text]
    ) -> list[ObjectSchema]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: ObjectSchemaFilter,
        *,
        order: ObjectSchemaOrder = "connection_id,object_name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ObjectSchema]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: ObjectSchemaFilter, *, order: ObjectSchemaOrder = "connection_id,object_name"
    ) -> AsyncIterator[ObjectSchema]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: ObjectSchemaFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewObjectSchema) -> ObjectSchema:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewObjectSchema], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewObjectSchema], *, returning: Literal[True]) -> list[ObjectSchema]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ObjectSchemaChanges],
    ) -> ObjectSchema:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewObjectSchema, *, on: ObjectSchemaUniqueKey) -> Upserted[ObjectSchema]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        ...

    async def record(
        self, project_id: ProjectId, connection_id: ConnectionId, object_name: str, fields: JsonObject
    ) -> ObjectSchema:
        """Store what a provider says about an object: when it was looked at, and when it changed, if it did.

        A change of a watched schema is an event, `provider-schema-changed`. Raises `ReferenceMissing`
        for an absent connection.
        """
        ...


class AsyncObjectSchemaTransactionRepository(AsyncObjectSchemaRepository, Protocol):
    """The verbs of object_schemas inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ObjectSchema:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ObjectSchema | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    async def due_for_watch(self, before: datetime, limit: int) -> list[ObjectSchema]:
        """Return up to `limit` watched schemas of all tenants, last looked at before this time, the oldest first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        ...
