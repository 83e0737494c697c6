# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of object_schemas."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.object_schema import ObjectSchemaChanges, ObjectSchemaOrder, ObjectSchemaUniqueKey
from dbkit.types.identifiers import ConnectionId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.object_schema import NewObjectSchema, ObjectSchemaFilter
from dbkit.types.value import JsonObject, Text

__all__ = [
    "ObjectSchemaCalls",
    "ObjectSchemaCountCall",
    "ObjectSchemaCreateCall",
    "ObjectSchemaCreateManyCall",
    "ObjectSchemaDeleteCall",
    "ObjectSchemaDueForWatchCall",
    "ObjectSchemaExistsCall",
    "ObjectSchemaFindCall",
    "ObjectSchemaGetCall",
    "ObjectSchemaGetManyCall",
    "ObjectSchemaIterateCall",
    "ObjectSchemaLockCall",
    "ObjectSchemaPageCall",
    "ObjectSchemaRecordCall",
    "ObjectSchemaUpdateCall",
    "ObjectSchemaUpsertCall",
]


class ObjectSchemaGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "object_schemas.get"

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: Text


class ObjectSchemaFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "object_schemas.find"

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: Text


class ObjectSchemaGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "object_schemas.get_many"

    project_id: ProjectId
    connection_id: ConnectionId
    object_names: tuple[Text, ...]


class ObjectSchemaExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "object_schemas.exists"

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: Text


class ObjectSchemaPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "object_schemas.page"

    filter: ObjectSchemaFilter
    order: ObjectSchemaOrder
    limit: int
    after: str | None


class ObjectSchemaIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "object_schemas.iterate"

    filter: ObjectSchemaFilter
    order: ObjectSchemaOrder


class ObjectSchemaCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "object_schemas.count"

    filter: ObjectSchemaFilter


class ObjectSchemaCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "object_schemas.create"

    new: NewObjectSchema


class ObjectSchemaCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "object_schemas.create_many"

    new: tuple[NewObjectSchema, ...]
    returning: bool


class ObjectSchemaUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "object_schemas.update"

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: Text
    expected_version: int
    changes: ObjectSchemaChanges


class ObjectSchemaUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "object_schemas.upsert"

    new: NewObjectSchema
    on: ObjectSchemaUniqueKey


class ObjectSchemaDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "object_schemas.delete"

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: Text
    expected_version: int | None


class ObjectSchemaRecordCall(Call):
    """A call of `record`."""

    called: ClassVar[str] = "object_schemas.record"

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: str
    fields: JsonObject


class ObjectSchemaLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "object_schemas.lock"

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: Text
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ObjectSchemaDueForWatchCall(Call):
    """A call of `due_for_watch`."""

    called: ClassVar[str] = "object_schemas.due_for_watch"

    before: datetime
    limit: int


class ObjectSchemaCalls(Calls):
    """The calls of a mock of object_schemas, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ObjectSchemaGetCall,
        ObjectSchemaFindCall,
        ObjectSchemaGetManyCall,
        ObjectSchemaExistsCall,
        ObjectSchemaPageCall,
        ObjectSchemaIterateCall,
        ObjectSchemaCountCall,
        ObjectSchemaCreateCall,
        ObjectSchemaCreateManyCall,
        ObjectSchemaUpdateCall,
        ObjectSchemaUpsertCall,
        ObjectSchemaDeleteCall,
        ObjectSchemaRecordCall,
        ObjectSchemaLockCall,
        ObjectSchemaDueForWatchCall,
    )

    @property
    def get(self) -> tuple[ObjectSchemaGetCall, ...]:
        """The calls of `get`."""
        return self._of(ObjectSchemaGetCall)

    @property
    def find(self) -> tuple[ObjectSchemaFindCall, ...]:
        """The calls of `find`."""
        return self._of(ObjectSchemaFindCall)

    @property
    def get_many(self) -> tuple[ObjectSchemaGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ObjectSchemaGetManyCall)

    @property
    def exists(self) -> tuple[ObjectSchemaExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ObjectSchemaExistsCall)

    @property
    def page(self) -> tuple[ObjectSchemaPageCall, ...]:
        """The calls of `page`."""
        return self._of(ObjectSchemaPageCall)

    @property
    def iterate(self) -> tuple[ObjectSchemaIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ObjectSchemaIterateCall)

    @property
    def count(self) -> tuple[ObjectSchemaCountCall, ...]:
        """The calls of `count`."""
        return self._of(ObjectSchemaCountCall)

    @property
    def create(self) -> tuple[ObjectSchemaCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ObjectSchemaCreateCall)

    @property
    def create_many(self) -> tuple[ObjectSchemaCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ObjectSchemaCreateManyCall)

    @property
    def update(self) -> tuple[ObjectSchemaUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ObjectSchemaUpdateCall)

    @property
    def upsert(self) -> tuple[ObjectSchemaUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ObjectSchemaUpsertCall)

    @property
    def delete(self) -> tuple[ObjectSchemaDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ObjectSchemaDeleteCall)

    @property
    def record(self) -> tuple[ObjectSchemaRecordCall, ...]:
        """The calls of `record`."""
        return self._of(ObjectSchemaRecordCall)

    @property
    def lock(self) -> tuple[ObjectSchemaLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ObjectSchemaLockCall)

    @property
    def due_for_watch(self) -> tuple[ObjectSchemaDueForWatchCall, ...]:
        """The calls of `due_for_watch`."""
        return self._of(ObjectSchemaDueForWatchCall)
