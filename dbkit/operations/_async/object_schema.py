"""Object schemas beyond the verbs: recorded as providers describe them, changes noticed by a hash."""

from __future__ import annotations

from datetime import datetime

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.operations.documents import canonical_hash
from dbkit.types.clock import now
from dbkit.types.identifiers import ConnectionId, ProjectId
from dbkit.types.object_schema import NewObjectSchema, ObjectSchema
from dbkit.types.value import JsonObject

__all__ = ["AsyncObjectSchemaOperations", "AsyncObjectSchemaTransactionOperations"]


class AsyncObjectSchemaOperations(AsyncOwnOperations):
    """The operations of object schemas."""

    async def record(
        self, project_id: ProjectId, connection_id: ConnectionId, object_name: str, fields: JsonObject
    ) -> ObjectSchema:
        """Store what a provider says about an object: when it was looked at, and when it changed, if it did.

        A change of a watched schema is an event, `provider-schema-changed`. Raises `ReferenceMissing`
        for an absent connection.
        """
        fields_hash = canonical_hash(fields)
        async with self._together() as tx:
            moment = now()
            new = NewObjectSchema(
                project_id=project_id,
                connection_id=connection_id,
                object_name=object_name,
                fields=fields,
                fields_hash=fields_hash,
                changed_at=moment,
                checked_at=moment,
            )
            if await tx.object_schemas.find(project_id, connection_id, object_name) is None:
                return (await tx.object_schemas.upsert(new, on="pk_object_schemas")).value
            before = await tx.object_schemas.lock(project_id, connection_id, object_name)
            has_changed = before.fields_hash != fields_hash
            recorded: ObjectSchema = await tx.object_schemas.update(
                project_id,
                connection_id,
                object_name,
                expected_version=before.version,
                fields=fields,
                fields_hash=fields_hash,
                checked_at=max(moment, before.changed_at),
                changed_at=moment if has_changed else before.changed_at,
            )
            return recorded


class AsyncObjectSchemaTransactionOperations(AsyncObjectSchemaOperations):
    """The operations of object schemas inside a transaction."""

    async def due_for_watch(self, before: datetime, limit: int) -> list[ObjectSchema]:
        """Return up to `limit` watched schemas of all tenants, last looked at before this time, the oldest first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        columns = self._columns
        return await self._all(
            columns.watched.is_(True),
            columns.checked_at < before,
            order_by=("checked_at",),
            limit=limit,
            lock="skip locked",
        )
