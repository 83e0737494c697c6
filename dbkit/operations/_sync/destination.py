# Generated from dbkit/operations/_async/destination.py by tools/unasync.py; edit that file instead.
"""Destinations beyond the verbs: by name, and switched off and on."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.operations.names import parsed_identifier
from dbkit.types.clock import now
from dbkit.types.destination import Destination, DestinationFilter
from dbkit.types.errors import NotFound
from dbkit.types.filter import IgnoringCase
from dbkit.types.identifiers import DestinationId, ProjectId
from dbkit.types.page import Page

__all__ = ["DestinationOperations"]


class DestinationOperations(OwnOperations):
    """The operations of destinations."""

    def get_by_id_or_name(self, project_id: ProjectId, id_or_name: DestinationId | str) -> Destination:
        """Return a project's live destination by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        identifier = parsed_identifier(id_or_name)
        if identifier is not None:
            destination: Destination | None = self.find(project_id, DestinationId(identifier))
            if destination is not None:
                return destination
        named = DestinationFilter(project_id=project_id, name=IgnoringCase(str(id_or_name)))
        found: Page[Destination] = self.page(named, limit=1)
        if not found.items:
            raise NotFound(entity=self.entity.name, key={"project_id": project_id, "id_or_name": id_or_name})
        return found.items[0]

    def disable(self, project_id: ProjectId, destination_id: DestinationId, reason: str) -> Destination:
        """Send nothing more to a destination, and keep the reason; one that is disabled keeps its first reason.

        Raises `NotFound`.
        """
        with self._together() as tx:
            destination = tx.destinations.lock(project_id, destination_id)
            if destination.disabled_at is not None:
                return destination
            return tx.destinations.update(
                project_id,
                destination_id,
                expected_version=destination.version,
                disabled_at=now(),
                disabled_reason=reason,
            )

    def enable(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Send to a destination again, or raise `NotFound`."""
        with self._together() as tx:
            destination = tx.destinations.lock(project_id, destination_id)
            if destination.disabled_at is None:
                return destination
            return tx.destinations.update(
                project_id,
                destination_id,
                expected_version=destination.version,
                disabled_at=None,
                disabled_reason=None,
            )
