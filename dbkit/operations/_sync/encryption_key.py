# Generated from dbkit/operations/_async/encryption_key.py by tools/unasync.py; edit that file instead.
"""Data keys beyond the verbs: one active for each purpose, rotated without a gap."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types._sync.unit import Unit
from dbkit.types.connection_secret import ConnectionSecretFilter
from dbkit.types.destination_secret import DestinationSecretFilter
from dbkit.types.encryption_key import EncryptionKey, EncryptionKeyFilter, EncryptionKeyStatus, NewEncryptionKey
from dbkit.types.errors import ValueInvalid
from dbkit.types.filter import EVERY_TENANT
from dbkit.types.identifiers import ProjectId

__all__ = ["EncryptionKeyOperations"]


class EncryptionKeyOperations(OwnOperations):
    """The operations of data keys."""

    def active(self, project_id: ProjectId, purpose: str = "credentials") -> EncryptionKey | None:
        """Return the key that seals new secrets of a purpose, or None before the first."""
        columns = self._columns
        found: EncryptionKey | None = self._first(
            columns.project_id == project_id,
            columns.purpose == purpose,
            columns.status == EncryptionKeyStatus.ACTIVE,
        )
        return found

    def rotate(self, project_id: ProjectId, purpose: str, new_key: NewEncryptionKey) -> EncryptionKey:
        """Store a new active key for a purpose; the one before it, if any, is retiring from then on.

        Raises `ValueInvalid` for a new key of another project or purpose, or one that is not active.
        """
        if (new_key.project_id, new_key.purpose, new_key.status) != (project_id, purpose, EncryptionKeyStatus.ACTIVE):
            raise ValueInvalid(
                "the new key is not the active one of this project and purpose",
                entity=self.entity.name,
                fields=("project_id", "purpose", "status"),
            )
        with self._together() as tx:
            # Two who rotate at once take turns, the first key of a project included.
            tx.projects.lock(project_id)
            current = tx.encryption_keys.active(project_id, purpose)
            if current is not None:
                tx.encryption_keys.update(project_id, current.id, status=EncryptionKeyStatus.RETIRING)
            return tx.encryption_keys.create(new_key)

    def unused_retiring(self, limit: int) -> list[EncryptionKey]:
        """Return up to `limit` retiring keys of all tenants that seal nothing any more, so that they may be retired."""
        found: list[EncryptionKey] = []
        with self._together() as tx:
            retiring = EncryptionKeyFilter(project_id=EVERY_TENANT, status=EncryptionKeyStatus.RETIRING)
            for key in tx.encryption_keys.iterate(retiring):
                if len(found) == limit:
                    break
                if not self._is_used(tx, key):
                    found.append(key)
        return found

    def _is_used(self, tx: Unit, key: EncryptionKey) -> bool:
        """Tell whether a secret is sealed with a key; soft-deleted provider apps count."""
        project_id = key.project_id
        connections = ConnectionSecretFilter(project_id=project_id, encryption_key_id=key.id)
        destinations = DestinationSecretFilter(project_id=project_id, encryption_key_id=key.id)
        return bool(
            (tx.connection_secrets.page(connections, limit=1)).items
            or (tx.destination_secrets.page(destinations, limit=1)).items
            or tx.provider_apps.is_sealed_with(project_id, key.id)
        )
