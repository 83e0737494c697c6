"""Provider apps beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import EncryptionKeyId, ProjectId
from dbkit.types.provider_app import ProviderApp

__all__ = ["AsyncProviderAppOperations"]


class AsyncProviderAppOperations(AsyncOwnOperations):
    """The operations of provider apps."""

    async def find_by_external_ref(self, project_id: ProjectId, external_ref: str) -> ProviderApp | None:
        """Return the live app that the customer knows by this reference, or None."""
        columns = self._columns
        found: ProviderApp | None = await self._first(
            columns.project_id == project_id, columns.external_ref == external_ref, columns.deleted_at.is_(None)
        )
        return found

    async def is_sealed_with(self, project_id: ProjectId, key_id: EncryptionKeyId) -> bool:
        """Tell whether an app's secret, deleted apps included, is sealed with a data key."""
        columns = self._columns
        found = await self._first(columns.project_id == project_id, columns.client_secret_key_id == key_id)
        return found is not None
