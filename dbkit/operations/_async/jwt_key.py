"""JWT keys beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import ProjectId
from dbkit.types.jwt_key import JwtKey, JwtKeyFilter

__all__ = ["AsyncJwtKeyOperations"]


class AsyncJwtKeyOperations(AsyncOwnOperations):
    """The operations of JWT keys."""

    async def active_keys(self, project_id: ProjectId) -> list[JwtKey]:
        """Return the keys that a token of a project may be verified with, in the order of ids."""
        return [key async for key in self.iterate(JwtKeyFilter(project_id=project_id, active=True))]
