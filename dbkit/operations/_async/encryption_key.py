"""Data keys beyond the verbs: one active for each purpose, rotated without a gap."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types._async.unit import AsyncUnit
from dbkit.types.connection_secret import ConnectionSecretFilter
from dbkit.types.destination_secret import DestinationSecretFilter
from dbkit.types.encryption_key import EncryptionKey, EncryptionKeyFilter, EncryptionKeyStatus, NewEncryptionKey
from dbkit.types.errors import ValueInvalid
from dbkit.types.filter import EVERY_TENANT
from dbkit.types.identifiers import ProjectId

__all__ = ["AsyncEncryptionKeyOperations"]


class AsyncEncryptionKeyOperations(AsyncOwnOperations):
    """The operations of data keys."""

    async def active(self, project_id: ProjectId, purpose: str = "credentials") -> EncryptionKey | None:
        """Return the key that seals new secrets of a purpose, or None before the first."""
        columns = self._columns
        found: EncryptionKey | None = await self._first(
            columns.project_id == project_id,
            columns.purpose == purpose,
            columns.status == EncryptionKeyStatus.ACTIVE,
        )
        return found

    async def rotate(self, project_id: ProjectId, purpose: str, new_key: NewEncryptionKey) -> EncryptionKey:
        """Store a new active key for a purpose; the one before it, if any, is retiring from then on.

        Raises `ValueInvalid` for a new key of another project or purpose, or one that is not active.
        """
        if (new_key.project_id, new_key.purpose, new_key.status) != (project_id, purpose, EncryptionKeyStatus.ACTIVE):
            raise ValueInvalid(
                "the new key is not the active one of this project and purpose",
                entity=self.entity.name,
                fields=("project_id", "purpose", "status"),
            )
        async with self._together() as tx:
            # Two who rotate at once take turns, the first key of a project included.
            await tx.projects.lock(project_id)
            current = await tx.encryption_keys.active(project_id, purpose)
            if current is not None:
                await tx.encryption_keys.update(project_id, current.id, status=EncryptionKeyStatus.RETIRING)
            return await tx.encryption_keys.create(new_key)

    async def unused_retiring(self, limit: int) -> list[EncryptionKey]:
        """Return up to `limit` retiring keys of all tenants that seal nothing any more, so that they may be retired."""
        found: list[EncryptionKey] = []
        async with self._together() as tx:
            retiring = EncryptionKeyFilter(project_id=EVERY_TENANT, status=EncryptionKeyStatus.RETIRING)
            async for key in tx.encryption_keys.iterate(retiring):
                if len(found) == limit:
                    break
                if not await self._is_used(tx, key):
                    found.append(key)
        return found

    async def _is_used(self, tx: AsyncUnit, key: EncryptionKey) -> bool:
        """Tell whether a secret is sealed with a key; soft-deleted provider apps count."""
        project_id = key.project_id
        connections = ConnectionSecretFilter(project_id=project_id, encryption_key_id=key.id)
        destinations = DestinationSecretFilter(project_id=project_id, encryption_key_id=key.id)
        return bool(
            (await tx.connection_secrets.page(connections, limit=1)).items
            or (await tx.destination_secrets.page(destinations, limit=1)).items
            or await tx.provider_apps.is_sealed_with(project_id, key.id)
        )
