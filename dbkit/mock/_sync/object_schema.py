# Generated from dbkit/mock/_async/object_schema.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of object_schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.object_schema import ObjectSchemaCalls
from dbkit.models.object_schema import OBJECT_SCHEMAS
from dbkit.types._sync.object_schema import ObjectSchemaTransactionRepository
from dbkit.types.calls.object_schema import ObjectSchemaChanges, ObjectSchemaOrder, ObjectSchemaUniqueKey
from dbkit.types.identifiers import ConnectionId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.object_schema import NewObjectSchema, ObjectSchema, ObjectSchemaFilter
from dbkit.types.page import Page, Upserted
from dbkit.types.value import JsonObject, Text

__all__ = ["MockObjectSchemaRepository", "MockObjectSchemas"]


class ObjectSchemaGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text
    ) -> Result[ObjectSchema]: ...


class ObjectSchemaFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text
    ) -> Result[ObjectSchema | None]: ...


class ObjectSchemaGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, object_names: tuple[Text, ...]
    ) -> Result[list[ObjectSchema]]: ...


class ObjectSchemaExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text) -> Result[bool]: ...


class ObjectSchemaPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ObjectSchemaFilter, *, order: ObjectSchemaOrder, limit: int, after: str | None
    ) -> Result[Page[ObjectSchema]]: ...


class ObjectSchemaIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ObjectSchemaFilter, *, order: ObjectSchemaOrder) -> Items[ObjectSchema]: ...


class ObjectSchemaCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ObjectSchemaFilter) -> Result[int]: ...


class ObjectSchemaCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewObjectSchema) -> Result[ObjectSchema]: ...


class ObjectSchemaCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewObjectSchema, ...], *, returning: bool) -> Result[int | list[ObjectSchema]]: ...


class ObjectSchemaUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ObjectSchemaChanges],
    ) -> Result[ObjectSchema]: ...


class ObjectSchemaUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewObjectSchema, *, on: ObjectSchemaUniqueKey) -> Result[Upserted[ObjectSchema]]: ...


class ObjectSchemaDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text, *, expected_version: int | None
    ) -> Result[None]: ...


class ObjectSchemaRecordStub(Protocol):
    """What may answer for `record`."""

    def __call__(
        self, project_id: ProjectId, connection_id: ConnectionId, object_name: str, fields: JsonObject
    ) -> Result[ObjectSchema]: ...


class ObjectSchemaLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[ObjectSchema | None]: ...


class ObjectSchemaDueForWatchStub(Protocol):
    """What may answer for `due_for_watch`."""

    def __call__(self, before: datetime, limit: int) -> Result[list[ObjectSchema]]: ...


class MockObjectSchemaRepository(MockRepository):
    """A repository of object_schemas that does what its stubs say."""

    @property
    def calls(self) -> ObjectSchemaCalls:
        """The calls so far."""
        return ObjectSchemaCalls(self._book.log)

    def get(self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text) -> ObjectSchema:
        """Return the live value, or raise `NotFound`."""
        answer: ObjectSchema = self._answer("get", (project_id, connection_id, object_name))
        return answer

    def find(self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text) -> ObjectSchema | None:
        """Return the live value, or None."""
        answer: ObjectSchema | None = self._answer("find", (project_id, connection_id, object_name))
        return answer

    def get_many(
        self, project_id: ProjectId, connection_id: ConnectionId, object_names: Sequence[Text]
    ) -> list[ObjectSchema]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ObjectSchema] = self._answer("get_many", (project_id, connection_id, object_names))
        return answer

    def exists(self, project_id: ProjectId, connection_id: ConnectionId, object_name: Text) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, connection_id, object_name))
        return answer

    def page(
        self,
        filter: ObjectSchemaFilter,
        *,
        order: ObjectSchemaOrder = "connection_id,object_name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ObjectSchema]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ObjectSchema] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ObjectSchemaFilter, *, order: ObjectSchemaOrder = "connection_id,object_name"
    ) -> Iterator[ObjectSchema]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ObjectSchemaFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewObjectSchema) -> ObjectSchema:
        """Store a new row and return it as stored."""
        answer: ObjectSchema = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewObjectSchema], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewObjectSchema], *, returning: Literal[True]) -> list[ObjectSchema]: ...
    def create_many(self, new: Iterable[NewObjectSchema], *, returning: bool = False) -> int | list[ObjectSchema]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ObjectSchema] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ObjectSchemaChanges],
    ) -> ObjectSchema:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: ObjectSchema = self._answer(
            "update", (project_id, connection_id, object_name, expected_version, changes)
        )
        return answer

    def upsert(self, new: NewObjectSchema, *, on: ObjectSchemaUniqueKey) -> Upserted[ObjectSchema]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ObjectSchema] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, connection_id, object_name, expected_version))

    def record(
        self, project_id: ProjectId, connection_id: ConnectionId, object_name: str, fields: JsonObject
    ) -> ObjectSchema:
        """Store what a provider says about an object: when it was looked at, and when it changed, if it did.

        A change of a watched schema is an event, `provider-schema-changed`. Raises `ReferenceMissing`
        for an absent connection.
        """
        answer: ObjectSchema = self._answer("record", (project_id, connection_id, object_name, fields))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ObjectSchema: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ObjectSchema | None: ...
    def lock(
        self,
        project_id: ProjectId,
        connection_id: ConnectionId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ObjectSchema | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ObjectSchema | None = self._answer(
            "lock", (project_id, connection_id, object_name, strength, nowait, skip_locked)
        )
        return answer

    def due_for_watch(self, before: datetime, limit: int) -> list[ObjectSchema]:
        """Return up to `limit` watched schemas of all tenants, last looked at before this time, the oldest first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        answer: list[ObjectSchema] = self._answer("due_for_watch", (before, limit))
        return answer


class MockObjectSchemas(MockBuilder[MockObjectSchemaRepository]):
    """Builds a mock of the repository of object_schemas: `with_...` says what an operation does."""

    _entity = OBJECT_SCHEMAS
    _interface = ObjectSchemaTransactionRepository
    _made = MockObjectSchemaRepository

    def with_get(self, outcome: Outcome[ObjectSchema, ObjectSchemaGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ObjectSchema | None, ObjectSchemaFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ObjectSchema], ObjectSchemaGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ObjectSchemaExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ObjectSchema], ObjectSchemaPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ObjectSchema], ObjectSchemaIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ObjectSchemaCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ObjectSchema, ObjectSchemaCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ObjectSchema], ObjectSchemaCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ObjectSchema, ObjectSchemaUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ObjectSchema], ObjectSchemaUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ObjectSchemaDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_record(self, outcome: Outcome[ObjectSchema, ObjectSchemaRecordStub]) -> Self:
        """Say what `record` does."""
        return self._with("record", outcome)

    def with_lock(self, outcome: Outcome[ObjectSchema | None, ObjectSchemaLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_due_for_watch(self, outcome: Outcome[list[ObjectSchema], ObjectSchemaDueForWatchStub]) -> Self:
        """Say what `due_for_watch` does."""
        return self._with("due_for_watch", outcome)
