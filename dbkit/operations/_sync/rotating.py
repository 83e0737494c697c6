# Generated from dbkit/operations/_async/rotating.py by tools/unasync.py; edit that file instead.
"""Rotation of keys, beside those who read and write: of data keys, and of the key that wraps them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from dbkit._acompat import sleep
from dbkit.models.encryption_key import ENCRYPTION_KEYS
from dbkit.models.entity import Entity
from dbkit.operations._sync.sealed_rows import SealedRows, WrappedKeys
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
    from dbkit.operations._sync.keyring import Keyring

__all__ = ["LOOKUPS", "KeyRotation"]

LOOKUPS: Final = "lookups"
"""The purpose of keys that make blind indexes. They are rotated where they are named, for what they made is not."""

_BEFORE = AnyOf(EncryptionKeyStatus.RETIRING, EncryptionKeyStatus.RETIRED)


class KeyRotation:
    """A rotation of keys. What it has done stays done where it is cut off, and the next one goes on from there."""

    def __init__(self, database: Any, keyring: Keyring, pace: Pace) -> None:
        self._database = database
        self._keyring = keyring
        self._pace = pace
        self._done = Rotation()

    def data_keys(self, project_id: ProjectId | None, purpose: str | None) -> Rotation:
        """Give projects another data key, seal with it what earlier ones have sealed, and retire those.

        A project whose earlier keys seal something was left by a rotation that was cut off: that one is brought to its
        end first, and another key is for the next time.
        """
        # Found before any is made: those that follow come behind them in the same order.
        keys = self._keys(project_id or EVERY_TENANT, EncryptionKeyStatus.ACTIVE, purpose)
        for active in [key for key in keys if purpose or key.purpose != LOOKUPS]:
            before = self._keys(active.project_id, _BEFORE, active.purpose)
            used = [key for key in before if self._seals(key)]
            if used:
                opened = self._keyring.open(active)
            else:
                used, opened = [active], self._another(active)
            for key in used:
                self._leave(key, opened)
            self._retire(active.project_id, active.purpose)
        return self._done

    def to_newest(self, newest: DataKey) -> Rotation:
        """Seal everything with this key, whatever key of the file has sealed it."""
        for entity, column in self._sealed_columns():
            after = None
            while True:
                began_at = time.monotonic()
                with self._database.transaction() as tx:
                    repository = tx.repository(entity, SealedRows)
                    rows = repository.sealed_by_others(column, newest.id, after=after, limit=self._pace.rows)
                    for row in rows:
                        self._to(newest, repository, column, row)
                if len(rows) < self._pace.rows:
                    break
                after = rows[-1]
                sleep(self._pace.pause_seconds(len(rows), time.monotonic() - began_at))
        return self._done

    def _to(self, newest: DataKey, repository: Any, column: str, row: Value) -> None:
        place = place_of(repository.entity, column, row)
        try:
            secret = self._keyring.unseal(row, column)
        except (SecretUnreadable, KeyDestroyed) as error:
            self._done.note(error, repository.entity.name, place.key)
        else:
            envelope = newest.seal(secret.reveal(), place)
            self._done.secrets_sealed += repository.put_sealed(row, column, envelope, newest.id)

    def wrapping(self) -> Rotation:
        """Wrap all data keys with the newest version of the wrapping key. No secret is touched."""
        service, repository = self._keyring.service, self._database.repository(ENCRYPTION_KEYS, WrappedKeys)
        newest = self._keyring.ask(service.wrap, os.urandom(32), uuid7())
        for key in self._database.encryption_keys.iterate(EncryptionKeyFilter(project_id=EVERY_TENANT)):
            if (key.kms_key, key.kms_key_version) == (newest.kms_key, newest.kms_key_version):
                continue
            stored = WrappedKey(key.wrapped_key, key.kms_key, key.kms_key_version)
            try:
                plain = self._keyring.ask(service.unwrap, stored, key.id)
            except KeyDestroyed as error:
                self._done.note(error, ENCRYPTION_KEYS.name, {"project_id": key.project_id, "id": key.id})
                continue
            new = self._keyring.ask(service.wrap, plain, key.id)
            if repository.put_wrapped(key, new.wrapped_key, new.kms_key, new.kms_key_version):
                self._done.keys_wrapped += 1
        return self._done

    def _keys(self, project_id: ProjectId | EveryTenant, status: Any, purpose: str | None) -> Iterator[EncryptionKey]:
        wanted = EncryptionKeyFilter(project_id=project_id, status=status, purpose=purpose)
        for key in self._database.encryption_keys.iterate(wanted):
            yield key

    def _another(self, active: EncryptionKey) -> DataKey:
        """Give a project another active key."""
        new, opened = self._keyring.new_key(active.project_id, active.purpose)
        self._database.encryption_keys.rotate(active.project_id, active.purpose, new)
        self._done.keys_made += 1
        return opened

    def _seals(self, key: EncryptionKey) -> bool:
        """Tell whether anything is sealed with a key."""
        for entity, column in self._sealed_columns():
            rows = self._database.repository(entity, SealedRows)
            if rows.sealed_by(column, key.project_id, key.id, limit=1):
                return True
        return False

    def _leave(self, old: EncryptionKey, new: DataKey) -> None:
        """Seal with the new key whatever an old one has sealed."""
        opened = self._keyring.open(old)
        for entity, column in self._sealed_columns():
            after = None
            while True:
                began_at = time.monotonic()
                rows = self._page(entity, column, (old, opened, new), after)
                if len(rows) < self._pace.rows:
                    break
                after = rows[-1]
                sleep(self._pace.pause_seconds(len(rows), time.monotonic() - began_at))

    def _page(
        self, entity: Entity[Any, Any, Any], column: str, keys: tuple[EncryptionKey, DataKey, DataKey], after: Any
    ) -> list[Any]:
        """Seal a page of rows anew, in a transaction, and return the rows as they were."""
        old, opened, new = keys
        with self._database.transaction() as tx:
            repository = tx.repository(entity, SealedRows)
            rows: list[Any] = repository.sealed_by(column, old.project_id, old.id, after=after, limit=self._pace.rows)
            envelopes = [self._sealed_anew(entity, column, row, (opened, new)) for row in rows]
            done = [
                repository.put_sealed(row, column, envelope, new.id)
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

    def _retire(self, project_id: ProjectId, purpose: str) -> None:
        """Retire the keys that seal nothing any more."""
        retiring = [key for key in self._keys(project_id, EncryptionKeyStatus.RETIRING, purpose)]
        for key in retiring:
            if not self._seals(key):
                self._database.encryption_keys.update(
                    project_id, key.id, status=EncryptionKeyStatus.RETIRED, retired_at=now()
                )
                self._done.keys_retired += 1

    def _sealed_columns(self) -> list[tuple[Entity[Any, Any, Any], str]]:
        return [(entity, column) for entity in self._database.entities() for column in entity.sealed]
