# Generated from dbkit/operations/_async/api_key.py by tools/unasync.py; edit that file instead.
"""API keys beyond the verbs: known by their hash, ended by being inactive."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.api_key import ApiKey
from dbkit.types.identifiers import ApiKeyId, ProjectId

__all__ = ["ApiKeyOperations"]


class ApiKeyOperations(OwnOperations):
    """The operations of API keys."""

    def find_by_hash(self, key_hash: bytes) -> ApiKey | None:
        """Return the key with this SHA-256, active or not, of whichever project, or None.

        The only look-up across tenants: the caller of a service is not known before it.
        """
        found: ApiKey | None = self._find_unique("uq_api_keys_key_hash", key_hash=key_hash)
        return found

    def deactivate(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey:
        """End a key's life, or raise `NotFound`; a key that is inactive stays so."""
        ended: ApiKey = self.update(project_id, api_key_id, active=False)
        return ended
