"""Destinations beyond the verbs: by name, and switched off and on."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.clock import now
from dbkit.types.destination import Destination
from dbkit.types.identifiers import DestinationId, ProjectId

__all__ = ["AsyncDestinationOperations"]


class AsyncDestinationOperations(AsyncOwnOperations):
    """The operations of destinations."""

    async def get_by_id_or_name(self, project_id: ProjectId, id_or_name: DestinationId | str) -> Destination:
        """Return a project's live destination by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        found: Destination = await self._get_by_id_or_name("project_id", project_id, id_or_name)
        return found

    async def disable(self, project_id: ProjectId, destination_id: DestinationId, reason: str) -> Destination:
        """Send nothing more to a destination, and keep the reason; one that is disabled keeps its first reason.

        Raises `NotFound`.
        """
        async with self._together() as tx:
            destination = await tx.destinations.lock(project_id, destination_id)
            if destination.disabled_at is not None:
                return destination
            return await tx.destinations.update(
                project_id,
                destination_id,
                expected_version=destination.version,
                disabled_at=now(),
                disabled_reason=reason,
            )

    async def enable(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Send to a destination again, or raise `NotFound`."""
        async with self._together() as tx:
            destination = await tx.destinations.lock(project_id, destination_id)
            if destination.disabled_at is None:
                return destination
            return await tx.destinations.update(
                project_id,
                destination_id,
                expected_version=destination.version,
                disabled_at=None,
                disabled_reason=None,
            )
