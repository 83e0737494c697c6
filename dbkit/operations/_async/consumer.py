"""Consumers beyond the verbs."""

from __future__ import annotations

from collections.abc import AsyncIterator

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.connection import Connection, ConnectionFilter
from dbkit.types.identifiers import ConsumerRef, ProjectId

__all__ = ["AsyncConsumerOperations"]


class AsyncConsumerOperations(AsyncOwnOperations):
    """The operations of consumers."""

    async def connections(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> AsyncIterator[Connection]:
        """Yield the live connections of a consumer, in the order of ids."""
        wanted = ConnectionFilter(project_id=project_id, consumer_ref=consumer_ref)
        async for connection in self._unit.connections.iterate(wanted):
            yield connection
