"""Rotation of keys, beside those who read and write: of data keys, and of the key that wraps them."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

from dbkit._acompat import async_sleep
from dbkit.models.encryption_key import ENCRYPTION_KEYS
from dbkit.models.entity import Entity
from dbkit.operations._async.sealed_rows import AsyncSealedRows, AsyncWrappedKeys
from dbkit.operations.rotation import Pace, Rotation
from dbkit.operations.sealing import place_of
from dbkit.sealing import DataKey, WrappedKey
from dbkit.types.clock import now
from dbkit.types.encryption_key import EncryptionKey, EncryptionKeyFilter, EncryptionKeyStatus
from dbkit.types.errors import KeyDestroyed, SecretUnreadable
from dbkit.types.filter import EVERY_TENANT, AnyOf, EveryTenant
from dbkit.types.identifiers import ProjectId, uuid7
from dbkit.types.value import Value

if TYPE_CHECKING:
    from dbkit.operations._async.keyring import AsyncKeyring

__all__ = ["LOOKUPS", "AsyncKeyRotation"]

LOOKUPS: Final = "lookups"
"""The purpose of keys that make blind indexes. They are rotated where they are named, for what they made is not."""

_BEFORE = AnyOf(EncryptionKeyStatus.RETIRING, EncryptionKeyStatus.RETIRED)


class AsyncKeyRotation:
    """A rotation of keys. What it has done stays done where it is cut off, and the next one goes on from there."""

    def __init__(self, database: Any, keyring: AsyncKeyring, pace: Pace) -> None:
        self._database = database
        self._keyring = keyring
        self._pace = pace
        self._done = Rotation()

    async def data_keys(self, project_id: ProjectId | None, purpose: str | None) -> Rotation:
        """Give projects another data key, seal with it what earlier ones have sealed, and retire those.

        A project whose earlier keys seal something was left by a rotation that was cut off: that one is brought to its
        end first, and another key is for the next time.
        """
        # Found before any is made: those that follow come behind them in the same order.
        keys = self._keys(project_id or EVERY_TENANT, EncryptionKeyStatus.ACTIVE, purpose)
        for active in [key async for key in keys if purpose or key.purpose != LOOKUPS]:
            before = self._keys(active.project_id, _BEFORE, active.purpose)
            used = [key async for key in before if await self._seals(key)]
            if used:
                opened = await self._keyring.open(active)
            else:
                used, opened = [active], await self._another(active)
            for key in used:
                await self._leave(key, opened)
            await self._retire(active.project_id, active.purpose)
        return self._done

    async def to_newest(self, newest: DataKey) -> Rotation:
        """Seal everything with this key, whatever key of the file has sealed it."""
        for entity, column in self._sealed_columns():
            after = None
            while True:
                began_at = time.monotonic()
                async with self._database.transaction() as tx:
                    repository = tx.repository(entity, AsyncSealedRows)
                    rows = await repository.sealed_by_others(column, newest.id, after=after, limit=self._pace.rows)
                    for row in rows:
                        await self._to(newest, repository, column, row)
                if len(rows) < self._pace.rows:
                    break
                after = rows[-1]
                await async_sleep(self._pace.pause_seconds(len(rows), time.monotonic() - began_at))
        return self._done

    async def _to(self, newest: DataKey, repository: Any, column: str, row: Value) -> None:
        place = place_of(repository.entity, column, row)
        try:
            secret = await self._keyring.unseal(row, column)
        except (SecretUnreadable, KeyDestroyed) as error:
            self._done.note(error, repository.entity.name, place.key)
        else:
            envelope = newest.seal(secret.reveal(), place)
            self._done.secrets_sealed += await repository.put_sealed(row, column, envelope, newest.id)

    async def wrapping(self) -> Rotation:
        """Wrap all data keys with the newest version of the wrapping key. No secret is touched."""
        service, repository = self._keyring.service, self._database.repository(ENCRYPTION_KEYS, AsyncWrappedKeys)
        newest = await self._keyring.ask(service.wrap, os.urandom(32), uuid7())
        async for key in self._database.encryption_keys.iterate(EncryptionKeyFilter(project_id=EVERY_TENANT)):
            if (key.kms_key, key.kms_key_version) == (newest.kms_key, newest.kms_key_version):
                continue
            stored = WrappedKey(key.wrapped_key, key.kms_key, key.kms_key_version)
            try:
                plain = await self._keyring.ask(service.unwrap, stored, key.id)
            except KeyDestroyed as error:
                self._done.note(error, ENCRYPTION_KEYS.name, {"project_id": key.project_id, "id": key.id})
                continue
            new = await self._keyring.ask(service.wrap, plain, key.id)
            if await repository.put_wrapped(key, new.wrapped_key, new.kms_key, new.kms_key_version):
                self._done.keys_wrapped += 1
        return self._done

    async def _keys(
        self, project_id: ProjectId | EveryTenant, status: Any, purpose: str | None
    ) -> AsyncIterator[EncryptionKey]:
        wanted = EncryptionKeyFilter(project_id=project_id, status=status, purpose=purpose)
        async for key in self._database.encryption_keys.iterate(wanted):
            yield key

    async def _another(self, active: EncryptionKey) -> DataKey:
        """Give a project another active key."""
        new, opened = await self._keyring.new_key(active.project_id, active.purpose)
        await self._database.encryption_keys.rotate(active.project_id, active.purpose, new)
        self._done.keys_made += 1
        return opened

    async def _seals(self, key: EncryptionKey) -> bool:
        """Tell whether anything is sealed with a key."""
        for entity, column in self._sealed_columns():
            rows = self._database.repository(entity, AsyncSealedRows)
            if await rows.sealed_by(column, key.project_id, key.id, limit=1):
                return True
        return False

    async def _leave(self, old: EncryptionKey, new: DataKey) -> None:
        """Seal with the new key whatever an old one has sealed."""
        opened = await self._keyring.open(old)
        for entity, column in self._sealed_columns():
            after = None
            while True:
                began_at = time.monotonic()
                rows = await self._page(entity, column, (old, opened, new), after)
                if len(rows) < self._pace.rows:
                    break
                after = rows[-1]
                await async_sleep(self._pace.pause_seconds(len(rows), time.monotonic() - began_at))

    async def _page(
        self, entity: Entity[Any, Any, Any], column: str, keys: tuple[EncryptionKey, DataKey, DataKey], after: Any
    ) -> list[Any]:
        """Seal a page of rows anew, in a transaction, and return the rows as they were."""
        old, opened, new = keys
        async with self._database.transaction() as tx:
            repository = tx.repository(entity, AsyncSealedRows)
            rows: list[Any] = await repository.sealed_by(
                column, old.project_id, old.id, after=after, limit=self._pace.rows
            )
            envelopes = [self._sealed_anew(entity, column, row, (opened, new)) for row in rows]
            done = [
                await repository.put_sealed(row, column, envelope, new.id)
                for row, envelope in zip(rows, envelopes, strict=True)
                if envelope is not None
            ]
        self._done.secrets_sealed += sum(done)
        return rows

    def _sealed_anew(
        self, entity: Entity[Any, Any, Any], column: str, row: Value, keys: tuple[DataKey, DataKey]
    ) -> bytes | None:
        """Return a row's envelope under the new key; None where it does not open, which is noted."""
        opened, new = keys
        place = place_of(entity, column, row)
        try:
            return new.seal(opened.unseal(getattr(row, column), place), place)
        except SecretUnreadable as error:
            self._done.note(error, entity.name, place.key)
            return None

    async def _retire(self, project_id: ProjectId, purpose: str) -> None:
        """Retire the keys that seal nothing any more."""
        retiring = [key async for key in self._keys(project_id, EncryptionKeyStatus.RETIRING, purpose)]
        for key in retiring:
            if not await self._seals(key):
                await self._database.encryption_keys.update(
                    project_id, key.id, status=EncryptionKeyStatus.RETIRED, retired_at=now()
                )
                self._done.keys_retired += 1

    def _sealed_columns(self) -> list[tuple[Entity[Any, Any, Any], str]]:
        return [(entity, column) for entity in self._database.entities() for column in entity.sealed]
