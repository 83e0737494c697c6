"""Sealed columns: what is put in is what comes out, in its own row alone, and what happens without the key service."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from dbkit import AsyncDatabase
from dbkit.operations._async.keyring import AsyncKeyring
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
from tests.operations._async.world import AsyncTenant

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
def keyring(db: AsyncDatabase, service: Service, clock: Clock) -> AsyncKeyring:
    return AsyncKeyring(db, service=service, cache=KeyCache(clock=clock))


async def stored(keyring: AsyncKeyring, tenant: AsyncTenant, name: str = "one", text: str = CANARY) -> ConnectionSecret:
    connection = await tenant.connection(name)
    new = await keyring.seal(
        NewConnectionSecret,
        project_id=tenant.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.API_KEY,
        ciphertext=text,
    )
    return await tenant.db.connection_secrets.create(new)


async def test_what_is_sealed_opens_in_its_row(keyring: AsyncKeyring, tenant: AsyncTenant, service: Service) -> None:
    row = await stored(keyring, tenant)
    assert CANARY.encode() not in row.ciphertext
    secret = await keyring.unseal(row)
    assert secret.reveal_text() == CANARY
    # The first one has made the project's key. It is opened once for the next ones.
    await stored(keyring, tenant, "two")
    assert service.calls == ["create"]


async def test_the_environments_service_is_that_of_a_database(
    db: AsyncDatabase, tenant: AsyncTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")
    async with db.transaction() as tx:
        new = await tx.keyring.seal(
            NewProviderApp,
            project_id=tenant.project_id,
            provider=tenant.provider,
            client_id="client",
            client_secret_ciphertext=Secret(CANARY),
        )
        app = await tx.provider_apps.create(new)
        assert (await tx.keyring.unseal(app)).reveal_text() == CANARY
    changed = await db.provider_apps.update(
        app.project_id, app.id, expected_version=1, **await db.keyring.resealed(app, "another")
    )
    assert (await db.keyring.unseal(changed)).reveal_text() == "another"


async def test_ciphertext_of_another_row_does_not_open(keyring: AsyncKeyring, tenant: AsyncTenant) -> None:
    one, two = await stored(keyring, tenant, "one"), await stored(keyring, tenant, "two", "other")
    moved = await tenant.db.connection_secrets.update(
        two.project_id, two.connection_id, two.kind, expected_version=1, ciphertext=one.ciphertext
    )
    with pytest.raises(SecretUnreadable) as caught:
        await keyring.unseal(moved)
    assert (caught.value.entity, caught.value.fields) == ("connection_secrets", ("ciphertext",))
    damaged = one.model_copy(update={"ciphertext": one.ciphertext[:-1] + bytes([one.ciphertext[-1] ^ 1])})
    with pytest.raises(SecretUnreadable):
        await keyring.unseal(damaged)


async def test_while_the_service_is_silent_reading_goes_on_and_sealing_does_not(
    keyring: AsyncKeyring, tenant: AsyncTenant, service: Service, clock: Clock
) -> None:
    row = await stored(keyring, tenant)
    service.raises = Unavailable("no answer")
    clock.seconds += 29
    assert await keyring.unseal(row) == Secret(CANARY)
    clock.seconds += 1
    for _ in range(2):
        with pytest.raises(KeyServiceUnavailable):
            await keyring.resealed(row, "new")
        assert await keyring.unseal(row) == Secret(CANARY)
    clock.seconds += 269
    assert await keyring.unseal(row) == Secret(CANARY)
    clock.seconds += 1
    with pytest.raises(KeyServiceUnavailable):
        await keyring.unseal(row)
    service.raises = None
    assert await keyring.unseal(row) == Secret(CANARY)
    assert await keyring.resealed(row, "new")


async def test_nothing_is_sealed_once_the_service_is_known_to_be_silent(
    keyring: AsyncKeyring, tenant: AsyncTenant, service: Service
) -> None:
    row = await stored(keyring, tenant)
    service.raises = KeyServiceUnavailable()
    stranger = row.model_copy(update={"encryption_key_id": (await other_key(keyring, tenant)).id})
    with pytest.raises(KeyServiceUnavailable):
        await keyring.unseal(stranger)
    with pytest.raises(KeyServiceUnavailable):
        await keyring.resealed(row, "new")
    assert await keyring.unseal(row) == Secret(CANARY)


async def other_key(keyring: AsyncKeyring, tenant: AsyncTenant) -> Any:
    new = tenant.new_key().model_copy(update={"status": EncryptionKeyStatus.RETIRING})
    return await tenant.db.encryption_keys.create(new)


async def test_a_key_that_is_destroyed_opens_nothing(
    keyring: AsyncKeyring, tenant: AsyncTenant, service: Service, clock: Clock
) -> None:
    row = await stored(keyring, tenant)
    clock.seconds += 301
    service.raises = KeyDestroyed()
    with pytest.raises(KeyDestroyed):
        await keyring.unseal(row)
    with pytest.raises(KeyDestroyed):
        await keyring.resealed(row, "new")
    service.raises = None
    gone = row.model_copy(update={"encryption_key_id": UUID(int=5)})
    with pytest.raises(KeyDestroyed) as caught:
        await keyring.unseal(gone)
    assert caught.value.entity == "connection_secrets"


async def test_what_is_not_sealed_is_refused(keyring: AsyncKeyring, tenant: AsyncTenant) -> None:
    row = await stored(keyring, tenant)
    with pytest.raises(ValueInvalid, match="no sealed column"):
        await keyring.unseal(row, "kind")
    project = await tenant.db.projects.get(tenant.project_id)
    with pytest.raises(ValueInvalid, match="no entity with sealed columns"):
        await keyring.unseal(project)
    with pytest.raises((NotFound, ValueInvalid)):
        await tenant.db.connection_secrets.get(row.project_id, row.connection_id, ConnectionSecretKind.CUSTOM)


async def test_a_value_is_found_by_its_blind_index(
    keyring: AsyncKeyring, tenant: AsyncTenant, service: Service, clock: Clock
) -> None:
    indexed = await keyring.blind_index(tenant.project_id, "contacts", "phone", CANARY)
    assert len(indexed) == 32
    clock.seconds += 400
    assert await keyring.blind_index(tenant.project_id, "contacts", "phone", Secret(CANARY)) == indexed
    others = [
        await keyring.blind_index(tenant.project_id, "contacts", "fax", CANARY),
        await keyring.blind_index(tenant.project_id, "contactsp", "hone", CANARY),
        await keyring.blind_index(tenant.project_id, "contacts", "phone", CANARY + "."),
    ]
    assert len({indexed, *others}) == 4
    # Its key seals nothing, and stays as it is when those that do are rotated.
    row = await stored(keyring, tenant)
    active = await tenant.db.encryption_keys.active(tenant.project_id, "lookups")
    assert active is not None
    assert active.id != row.encryption_key_id
    assert (await keyring.rotate(tenant.project_id)).keys_made == 1
    assert await keyring.blind_index(tenant.project_id, "contacts", "phone", CANARY) == indexed


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
