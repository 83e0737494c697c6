# Generated from dbkit/operations/_async/consumer.py by tools/unasync.py; edit that file instead.
"""Consumers beyond the verbs."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.connection import Connection, ConnectionFilter
from dbkit.types.identifiers import ConsumerRef, ProjectId

__all__ = ["ConsumerOperations"]


class ConsumerOperations(OwnOperations):
    """The operations of consumers."""

    def connections(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Iterator[Connection]:
        """Yield the live connections of a consumer, in the order of ids."""
        wanted = ConnectionFilter(project_id=project_id, consumer_ref=consumer_ref)
        for connection in self._unit.connections.iterate(wanted):
            yield connection
