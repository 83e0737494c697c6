# Generated from dbkit/operations/_async/destination_secret.py by tools/unasync.py; edit that file instead.
"""Secrets of destinations beyond the verbs."""

from __future__ import annotations

from dbkit.operations._sync.resealing import Resealing
from dbkit.types.destination_secret import DestinationSecretKind
from dbkit.types.identifiers import DestinationId, EncryptionKeyId, ProjectId

__all__ = ["DestinationSecretOperations"]


class DestinationSecretOperations(Resealing):
    """The operations of secrets of destinations."""

    def reseal_batch(
        self,
        project_id: ProjectId,
        from_key: EncryptionKeyId,
        to_key: EncryptionKeyId,
        *,
        after: tuple[DestinationId, DestinationSecretKind] | None = None,
        limit: int = 100,
    ) -> tuple[DestinationId, DestinationSecretKind] | None:
        """Seal up to `limit` secrets with another data key of their project, in the order of their keys.

        Returns the last one's place, to go on after, or None when there are no more. A secret that
        is replaced meanwhile keeps what it was replaced by. The key service is the one that the
        environment names; the call waits for it. Raises `NotFound` for a key, `ValueInvalid` for a
        secret that does not open, and `ConfigurationInvalid` without a key service.
        """
        return self._reseal_batch(project_id, from_key, to_key, after, limit)
