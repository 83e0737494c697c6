"""What secrets of connections and of destinations share: sealed anew, batch by batch."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import and_, or_

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.operations.sealing import Resealer
from dbkit.types.errors import NotFound, StaleVersion
from dbkit.types.identifiers import EncryptionKeyId, ProjectId

__all__ = ["AsyncResealing"]


class AsyncResealing(AsyncOwnOperations):
    """Operations of secrets whose key is (project, owner, kind), and whose envelope is `ciphertext`."""

    async def _reseal_batch(
        self,
        project_id: ProjectId,
        from_key: EncryptionKeyId,
        to_key: EncryptionKeyId,
        after: tuple[Any, Any] | None,
        limit: int,
    ) -> tuple[Any, Any] | None:
        """Seal up to `limit` secrets with another key; return the last one's owner and kind if there may be more."""
        _, owner, kind = self.entity.key
        columns = self._columns
        conditions = [columns.project_id == project_id, columns.encryption_key_id == from_key]
        if after is not None:
            same_owner = and_(columns[owner] == after[0], columns[kind] > after[1])
            conditions.append(or_(columns[owner] > after[0], same_owner))
        async with self._together() as tx:
            old = await tx.encryption_keys.get(project_id, from_key)
            new = await tx.encryption_keys.get(project_id, to_key)
            reseal = Resealer.between(self.entity, "ciphertext", old, new)
            secrets = await self._all(*conditions, order_by=(owner, kind), limit=limit)
            for secret in secrets:
                # Replaced or deleted meanwhile: its successor has a key of its own.
                with suppress(StaleVersion, NotFound):
                    await getattr(tx, self.entity.name).update(
                        *(getattr(secret, name) for name in self.entity.key),
                        expected_version=secret.version,
                        ciphertext=reseal(secret),
                        encryption_key_id=to_key,
                    )
        return (getattr(secrets[-1], owner), getattr(secrets[-1], kind)) if len(secrets) == limit else None
