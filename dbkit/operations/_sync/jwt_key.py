# Generated from dbkit/operations/_async/jwt_key.py by tools/unasync.py; edit that file instead.
"""JWT keys beyond the verbs."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.identifiers import ProjectId
from dbkit.types.jwt_key import JwtKey, JwtKeyFilter

__all__ = ["JwtKeyOperations"]


class JwtKeyOperations(OwnOperations):
    """The operations of JWT keys."""

    def active_keys(self, project_id: ProjectId) -> list[JwtKey]:
        """Return the keys that a token of a project may be verified with, in the order of ids."""
        return [key for key in self.iterate(JwtKeyFilter(project_id=project_id, active=True))]
