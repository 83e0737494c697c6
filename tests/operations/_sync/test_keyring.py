# Generated from tests/operations/_async/test_keyring.py by tools/unasync.py; edit that file instead.
"""Sealed columns: what is put in is what comes out, in its own row alone, and what happens without the key service."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from dbkit import Database
from dbkit.operations._sync.keyring import Keyring
from dbkit.sealing import KeyCache, LocalKeyService, WrappedKey
from dbkit.types import (
    ConfigurationInvalid,
    ConnectionSecret,
    ConnectionSecretKind,
    EncryptionKeyStatus,
    KeyDestroyed,
    KeyServiceUnavailable,
    NewConnectionSecret,
    NewProviderApp,
    NotFound,
    Secret,
    SecretUnreadable,
    Unavailable,
    ValueInvalid,
)
from tests.operations._sync.world import Tenant

CANARY = "canary-4f1d-token"


@dataclass
class Service:
    """A key service that can be silent, and forget keys; it notes its calls."""

    local: LocalKeyService = field(default_factory=lambda: LocalKeyService(bytes(range(32))))
    raises: Exception | None = None
    calls: list[str] = field(default_factory=list)

    def create_data_key(self, key_id: UUID) -> tuple[bytes, WrappedKey]:
        return self._answer("create", self.local.create_data_key, key_id)

    def wrap(self, data_key: bytes, key_id: UUID) -> WrappedKey:
        return self._answer("wrap", self.local.wrap, data_key, key_id)

    def unwrap(self, wrapped: WrappedKey, key_id: UUID) -> bytes:
        return self._answer("unwrap", self.local.unwrap, wrapped, key_id)

    def _answer(self, name: str, call: Any, *arguments: Any) -> Any:
        self.calls.append(name)
        if self.raises is not None:
            raise self.raises
        return call(*arguments)


class Clock:
    """A clock that obeys."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keyring(db: Database, service: Service, clock: Clock) -> Keyring:
    return Keyring(db, service=service, cache=KeyCache(clock=clock))


def stored(keyring: Keyring, tenant: Tenant, name: str = "one", text: str = CANARY) -> ConnectionSecret:
    connection = tenant.connection(name)
    new = keyring.seal(
        NewConnectionSecret,
        project_id=tenant.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.API_KEY,
        ciphertext=text,
    )
    return tenant.db.connection_secrets.create(new)


def test_what_is_sealed_opens_in_its_row(keyring: Keyring, tenant: Tenant, service: Service) -> None:
    row = stored(keyring, tenant)
    assert CANARY.encode() not in row.ciphertext
    secret = keyring.unseal(row)
    assert secret.reveal_text() == CANARY
    # The first one has made the project's key. It is opened once for the next ones.
    stored(keyring, tenant, "two")
    assert service.calls == ["create"]


def test_the_environments_service_is_that_of_a_database(
    db: Database, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")
    with db.transaction() as tx:
        new = tx.keyring.seal(
            NewProviderApp,
            project_id=tenant.project_id,
            provider=tenant.provider,
            client_id="client",
            client_secret_ciphertext=Secret(CANARY),
        )
        app = tx.provider_apps.create(new)
        assert (tx.keyring.unseal(app)).reveal_text() == CANARY
    changed = db.provider_apps.update(app.project_id, app.id, expected_version=1, **db.keyring.resealed(app, "another"))
    assert (db.keyring.unseal(changed)).reveal_text() == "another"


def test_ciphertext_of_another_row_does_not_open(keyring: Keyring, tenant: Tenant) -> None:
    one, two = stored(keyring, tenant, "one"), stored(keyring, tenant, "two", "other")
    moved = tenant.db.connection_secrets.update(
        two.project_id, two.connection_id, two.kind, expected_version=1, ciphertext=one.ciphertext
    )
    with pytest.raises(SecretUnreadable) as caught:
        keyring.unseal(moved)
    assert (caught.value.entity, caught.value.fields) == ("connection_secrets", ("ciphertext",))
    damaged = one.model_copy(update={"ciphertext": one.ciphertext[:-1] + bytes([one.ciphertext[-1] ^ 1])})
    with pytest.raises(SecretUnreadable):
        keyring.unseal(damaged)


def test_while_the_service_is_silent_reading_goes_on_and_sealing_does_not(
    keyring: Keyring, tenant: Tenant, service: Service, clock: Clock
) -> None:
    row = stored(keyring, tenant)
    service.raises = Unavailable("no answer")
    clock.seconds += 29
    assert keyring.unseal(row) == Secret(CANARY)
    clock.seconds += 1
    for _ in range(2):
        with pytest.raises(KeyServiceUnavailable):
            keyring.resealed(row, "new")
        assert keyring.unseal(row) == Secret(CANARY)
    clock.seconds += 269
    assert keyring.unseal(row) == Secret(CANARY)
    clock.seconds += 1
    with pytest.raises(KeyServiceUnavailable):
        keyring.unseal(row)
    service.raises = None
    assert keyring.unseal(row) == Secret(CANARY)
    assert keyring.resealed(row, "new")


def test_nothing_is_sealed_once_the_service_is_known_to_be_silent(
    keyring: Keyring, tenant: Tenant, service: Service
) -> None:
    row = stored(keyring, tenant)
    service.raises = KeyServiceUnavailable()
    stranger = row.model_copy(update={"encryption_key_id": (other_key(keyring, tenant)).id})
    with pytest.raises(KeyServiceUnavailable):
        keyring.unseal(stranger)
    with pytest.raises(KeyServiceUnavailable):
        keyring.resealed(row, "new")
    assert keyring.unseal(row) == Secret(CANARY)


def other_key(keyring: Keyring, tenant: Tenant) -> Any:
    new = tenant.new_key().model_copy(update={"status": EncryptionKeyStatus.RETIRING})
    return tenant.db.encryption_keys.create(new)


def test_a_key_that_is_destroyed_opens_nothing(
    keyring: Keyring, tenant: Tenant, service: Service, clock: Clock
) -> None:
    row = stored(keyring, tenant)
    clock.seconds += 301
    service.raises = KeyDestroyed()
    with pytest.raises(KeyDestroyed):
        keyring.unseal(row)
    with pytest.raises(KeyDestroyed):
        keyring.resealed(row, "new")
    service.raises = None
    gone = row.model_copy(update={"encryption_key_id": UUID(int=5)})
    with pytest.raises(KeyDestroyed) as caught:
        keyring.unseal(gone)
    assert caught.value.entity == "connection_secrets"


def test_what_is_not_sealed_is_refused(keyring: Keyring, tenant: Tenant) -> None:
    row = stored(keyring, tenant)
    with pytest.raises(ValueInvalid, match="no sealed column"):
        keyring.unseal(row, "kind")
    project = tenant.db.projects.get(tenant.project_id)
    with pytest.raises(ValueInvalid, match="no entity with sealed columns"):
        keyring.unseal(project)
    with pytest.raises((NotFound, ValueInvalid)):
        tenant.db.connection_secrets.get(row.project_id, row.connection_id, ConnectionSecretKind.CUSTOM)


def test_a_value_is_found_by_its_blind_index(keyring: Keyring, tenant: Tenant, service: Service, clock: Clock) -> None:
    indexed = keyring.blind_index(tenant.project_id, "contacts", "phone", CANARY)
    assert len(indexed) == 32
    clock.seconds += 400
    assert keyring.blind_index(tenant.project_id, "contacts", "phone", Secret(CANARY)) == indexed
    others = [
        keyring.blind_index(tenant.project_id, "contacts", "fax", CANARY),
        keyring.blind_index(tenant.project_id, "contactsp", "hone", CANARY),
        keyring.blind_index(tenant.project_id, "contacts", "phone", CANARY + "."),
    ]
    assert len({indexed, *others}) == 4
    # Its key seals nothing, and stays as it is when those that do are rotated.
    row = stored(keyring, tenant)
    active = tenant.db.encryption_keys.active(tenant.project_id, "lookups")
    assert active is not None
    assert active.id != row.encryption_key_id
    assert (keyring.rotate(tenant.project_id)).keys_made == 1
    assert keyring.blind_index(tenant.project_id, "contacts", "phone", CANARY) == indexed


def test_a_secret_is_seen_by_who_reveals_it_alone() -> None:
    secret = Secret(CANARY)
    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r:>30}",
        str((secret,)),
        str([secret]),
        str({"a": secret}),
    ]
    assert all(CANARY not in text and "***" in text for text in shown)
    assert (secret.reveal(), secret.reveal_text(), len(secret)) == (CANARY.encode(), CANARY, len(CANARY))
    assert secret == Secret(CANARY.encode())
    assert secret != Secret("other")
    assert secret != CANARY
    for use in (pickle.dumps, json.dumps, hash, vars):
        with pytest.raises(TypeError):
            use(secret)
    with pytest.raises(AttributeError):
        secret._value = b""  # type: ignore[misc]


@pytest.mark.parametrize(("life", "seal"), [(301, 30), (10, 30), (-1, -1), (30, -1)])
def test_a_key_is_kept_for_five_minutes_at_the_longest(life: float, seal: float) -> None:
    with pytest.raises(ConfigurationInvalid, match="300 s"):
        KeyCache(life_seconds=life, seal_seconds=seal)
