# Generated from dbkit/operations/_async/provider_app.py by tools/unasync.py; edit that file instead.
"""Provider apps beyond the verbs."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.identifiers import EncryptionKeyId, ProjectId
from dbkit.types.provider_app import ProviderApp

__all__ = ["ProviderAppOperations"]


class ProviderAppOperations(OwnOperations):
    """The operations of provider apps."""

    def find_by_external_ref(self, project_id: ProjectId, external_ref: str) -> ProviderApp | None:
        """Return the live app that the customer knows by this reference, or None."""
        columns = self._columns
        found: ProviderApp | None = self._first(
            columns.project_id == project_id, columns.external_ref == external_ref, columns.deleted_at.is_(None)
        )
        return found

    def is_sealed_with(self, project_id: ProjectId, key_id: EncryptionKeyId) -> bool:
        """Tell whether an app's secret, deleted apps included, is sealed with a data key."""
        columns = self._columns
        found = self._first(columns.project_id == project_id, columns.client_secret_key_id == key_id)
        return found is not None
