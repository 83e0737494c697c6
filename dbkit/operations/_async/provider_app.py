"""Provider apps beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.operations.sealing import Resealer
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, ProviderAppId
from dbkit.types.provider_app import ProviderApp

__all__ = ["AsyncProviderAppOperations"]


class AsyncProviderAppOperations(AsyncOwnOperations):
    """The operations of provider apps."""

    async def find_by_external_ref(self, project_id: ProjectId, external_ref: str) -> ProviderApp | None:
        """Return the live app that the customer knows by this reference, or None."""
        found: ProviderApp | None = await self._find_unique(
            "uq_provider_apps_project_id_external_ref_live", project_id=project_id, external_ref=external_ref
        )
        return found

    async def reseal(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        key_id: EncryptionKeyId,
    ) -> ProviderApp:
        """Seal an app's secret with another data key of its project.

        The key service is the one that the environment names; the call waits for it. Raises
        `NotFound` for app or key, `ValueInvalid` for a secret that does not open, and
        `ConfigurationInvalid` without a key service.
        """
        async with self._together() as tx:
            app = await tx.provider_apps.lock(project_id, provider_app_id)
            old = await tx.encryption_keys.get(project_id, app.client_secret_key_id)
            new = await tx.encryption_keys.get(project_id, key_id)
            resealed = Resealer.between(self.entity, "client_secret_ciphertext", old, new)(app)
            return await tx.provider_apps.update(
                project_id,
                provider_app_id,
                expected_version=app.version,
                client_secret_ciphertext=resealed,
                client_secret_key_id=key_id,
            )

    async def is_sealed_with(self, project_id: ProjectId, key_id: EncryptionKeyId) -> bool:
        """Tell whether an app's secret, deleted apps included, is sealed with a data key."""
        columns = self._columns
        found = await self._first(columns.project_id == project_id, columns.client_secret_key_id == key_id)
        return found is not None
