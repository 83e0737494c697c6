# Generated from dbkit/operations/_async/keyring.py by tools/unasync.py; edit that file instead.
"""The keyring of a database: seals and unseals columns of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from dbkit._acompat import aside
from dbkit.models.entity import Entity
from dbkit.operations._sync.rotating import LOOKUPS, KeyRotation
from dbkit.operations.keys import Keys, keys_of, sealed_entity
from dbkit.operations.rotation import Pace, Rotation
from dbkit.operations.sealing import place_of
from dbkit.sealing import DataKey, KeyCache, KeyService, WrappedKey
from dbkit.sealing.keyset import StoredKey
from dbkit.types.encryption_key import EncryptionKey, NewEncryptionKey
from dbkit.types.errors import AlreadyExists, KeyDestroyed, KeyServiceUnavailable, Unavailable, ValueInvalid
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, uuid7
from dbkit.types.secret import Secret
from dbkit.types.value import Value

__all__ = ["Keyring"]

NewT = TypeVar("NewT", bound=Value)
ResultT = TypeVar("ResultT")

_UNSEALED = bytes(45)
_PURPOSE = "credentials"


class Keyring:
    """Seals and unseals columns of a database's rows; `db.keyring` and `tx.keyring` are one.

    Each project has data keys of its own (`encryption_keys`), which the key service has wrapped. One that it opened
    opens secrets for up to five minutes, and seals for up to half a minute, without another call of the service:
    where that does not answer, reading goes on so long, and sealing raises `KeyServiceUnavailable`. A key of which the
    service says that it is no more raises `KeyDestroyed`.
    """

    def __init__(
        self, unit: Any, *, service: KeyService | None = None, cache: KeyCache | None = None, keys: Keys | None = None
    ) -> None:
        self._unit = unit
        self._keys = keys or Keys(service, cache or KeyCache())

    @classmethod
    def on(cls, unit: Any, backend: Any) -> Keyring:
        """Return the keyring of a database or transaction on a backend, all of which share the opened keys."""
        return cls(unit, keys=keys_of(backend))

    def use(self, service: KeyService, cache: KeyCache | None = None) -> None:
        """Have the database use a key service of one's own, and keep what that opens in a cache of one's own."""
        self._keys.use(service, cache or KeyCache())

    def unseal(self, row: Value, column: str | None = None) -> Secret:
        """Return what is sealed in a row; `column` says in which column, where there are several.

        Raises `SecretUnreadable` where it does not open: damaged, of another row or column, of another key.
        """
        entity = sealed_entity(type(row))
        name, key_column = _column(entity, column)
        envelope, key_id = getattr(row, name), getattr(row, key_column)
        if envelope is None:
            raise ValueInvalid("nothing is sealed here", entity=entity.name, key=entity.key_of(row), fields=(name,))
        key = self._keys.cache.reading(key_id)
        if key is None:
            key = self._key(entity, row, key_id)
        return Secret(key.unseal(envelope, place_of(entity, name, row)))

    def seal(self, kind: type[NewT], /, **fields: Any) -> NewT:
        """Make a new value whose sealed columns are given in plain, as `Secret`, bytes or text.

        The columns that say by which data key need not be given. The project's active key seals; where it has none
        yet, it gets one.
        """
        entity = sealed_entity(kind)
        plain = {name: _secret(fields[name]) for name in entity.sealed if fields.get(name) is not None}
        key = self._sealing_key(fields[entity.key[0]])
        new = kind(**fields | dict.fromkeys(plain, _UNSEALED) | {entity.sealed[name]: key.id for name in plain})
        return new.model_copy(update=_envelopes(entity, new, plain, key))

    def resealed(self, row: Value, secret: Secret | bytes | str, column: str | None = None) -> dict[str, Any]:
        """Return the changes that put another secret into a row, for an update of it."""
        entity = sealed_entity(type(row))
        name, key_column = _column(entity, column)
        key = self._sealing_key(getattr(row, entity.key[0]))
        return {key_column: key.id, **_envelopes(entity, row, {name: _secret(secret)}, key)}

    def blind_index(self, project_id: ProjectId, table: str, column: str, value: Secret | bytes | str) -> bytes:
        """Return 32 bytes to store beside a sealed value, by which rows with the same value are found.

        They are made with a key of the project that seals nothing and is not rotated with the others: it would make
        all of them anew. Who sees them sees which rows of a column have the same value, and no more.
        """
        stored = self._active(project_id, LOOKUPS)
        key = self._keys.cache.reading(stored.id) or self.open(stored)
        return key.index(_secret(value).reveal(), table, column)

    def rotate(
        self, project_id: ProjectId | None = None, *, purpose: str | None = None, pace: Pace | None = None
    ) -> Rotation:
        """Give a project, or all, other data keys, for one purpose or all, and seal with them whatever is sealed.

        Readers and writers go on meanwhile. Each page of rows is a transaction; a run that is cut off loses none of
        them, and the next one brings it to its end before it makes another key. Keys that seal nothing any more are
        retired. What does not open is in the report, and stays as it is. Not for a transaction. Where data keys are in
        a file, everything is sealed with the newest of them.
        """
        rotation = KeyRotation(self._unit, self, pace or Pace())
        if not self.has_table:
            return rotation.to_newest(self._sealing_key(None))
        return rotation.data_keys(project_id, purpose)

    def rewrap(self) -> Rotation:
        """Wrap all data keys with the newest version of the key service's key. No secret is touched."""
        return KeyRotation(self._unit, self, Pace()).wrapping()

    def new_key(self, project_id: ProjectId, purpose: str = _PURPOSE) -> tuple[NewEncryptionKey, DataKey]:
        """Make a data key, which is active as soon as it is stored."""
        key_id = EncryptionKeyId(uuid7())
        plain, wrapped = self.ask(self._keys.service.create_data_key, key_id)
        new = NewEncryptionKey(
            project_id=project_id,
            id=key_id,
            purpose=purpose,
            kms_key=wrapped.kms_key,
            kms_key_version=wrapped.kms_key_version,
            wrapped_key=wrapped.wrapped_key,
        )
        return new, DataKey(key_id, plain)

    def open(self, stored: EncryptionKey | StoredKey) -> DataKey:
        """Have the key service open a data key, and keep it."""
        wrapped = WrappedKey(stored.wrapped_key, stored.kms_key, stored.kms_key_version)
        try:
            plain = self.ask(self._keys.service.unwrap, wrapped, stored.id)
        except KeyDestroyed:
            self._keys.cache.forget(stored.id)
            raise
        return self._keys.cache.keep(DataKey(stored.id, plain))

    def ask(self, call: Callable[..., ResultT], *arguments: Any) -> ResultT:
        """Call the key service, or raise `KeyServiceUnavailable`."""
        try:
            return aside(call, *arguments)
        except KeyServiceUnavailable:
            self._keys.cache.note_silence()
            raise
        except Unavailable as error:
            self._keys.cache.note_silence()
            raise KeyServiceUnavailable(error.happened) from error

    @property
    def service(self) -> KeyService:
        """The key service."""
        return self._keys.service

    def _key(self, entity: Entity[Any, Any, Any], row: Value, key_id: EncryptionKeyId) -> DataKey:
        """Return the key that opens a row's secret, read where it is not at hand."""
        stored: EncryptionKey | StoredKey | None
        if self.has_table:
            stored = self._unit.encryption_keys.find(getattr(row, entity.key[0]), key_id)
        else:
            stored = self._keys.keyset.find(key_id)
        if stored is None:
            raise KeyDestroyed(f"there is no data key {key_id}", entity=entity.name, key=entity.key_of(row))
        return self.open(stored)

    @property
    def has_table(self) -> bool:
        """Whether the database has a table of data keys; else they are in a file."""
        return hasattr(type(self._unit), "encryption_keys")

    def _sealing_key(self, project_id: ProjectId | None) -> DataKey:
        """Return the project's active key, ready to seal."""
        stored = self._active(project_id, _PURPOSE)
        key = self._keys.cache.sealing(stored.id)
        return self.open(stored) if key is None else key

    def _active(self, project_id: ProjectId | None, purpose: str) -> EncryptionKey | StoredKey:
        """Return the project's active key for a purpose, made where there is none yet."""
        if project_id is None or not self.has_table:
            return self._keys.keyset.active
        stored: EncryptionKey | None = self._unit.encryption_keys.active(project_id, purpose)
        return self._first_key(project_id, purpose) if stored is None else stored

    def _first_key(self, project_id: ProjectId, purpose: str) -> EncryptionKey:
        new, opened = self.new_key(project_id, purpose)
        try:
            with self._unit.transaction() as tx:
                stored: EncryptionKey = tx.encryption_keys.create(new)
        except AlreadyExists:
            # Somebody else was faster.
            made = self._unit.encryption_keys.active(project_id, purpose)
            assert made is not None, "a unique index has said so"
            return cast("EncryptionKey", made)
        self._keys.cache.keep(opened)
        return stored


def _secret(given: Secret | bytes | str) -> Secret:
    return given if isinstance(given, Secret) else Secret(given)


def _column(entity: Entity[Any, Any, Any], column: str | None) -> tuple[str, str]:
    """Return a sealed column and the one that says by which key; raise `ValueInvalid` where it is not clear which."""
    name = column or (next(iter(entity.sealed)) if len(entity.sealed) == 1 else "")
    if name not in entity.sealed:
        raise ValueInvalid(
            "no sealed column has this name" if column else "several columns are sealed",
            entity=entity.name,
            advice=f"Name one of {', '.join(entity.sealed)}.",
        )
    return name, entity.sealed[name]


def _envelopes(
    entity: Entity[Any, Any, Any], row: Value, plain: Mapping[str, Secret], key: DataKey
) -> dict[str, bytes]:
    """Return secrets sealed for their columns of a row."""
    return {name: key.seal(secret.reveal(), place_of(entity, name, row)) for name, secret in plain.items()}
