"""Data keys, provider apps and the secrets of connections."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit.sealing import Place, key_service, seal, unseal
from dbkit.types import (
    ConnectionSecret,
    ConnectionSecretFilter,
    ConnectionSecretKind,
    DestinationSecretKind,
    EncryptionKey,
    EncryptionKeyId,
    EncryptionKeyStatus,
    NewConnectionSecret,
    NewDestinationSecret,
    NewProviderApp,
    StaleVersion,
    ValueInvalid,
    uuid7,
)
from tests.operations._async.world import NOON, AsyncTenant

SEALED = b"\x01" + bytes(40)


async def make_secret(
    db: AsyncDatabase, tenant: AsyncTenant, key: EncryptionKey, name: str, hours: int | None
) -> ConnectionSecret:
    connection = await tenant.connection(name)
    return await db.connection_secrets.create(
        NewConnectionSecret(
            project_id=tenant.project_id,
            connection_id=connection.id,
            kind=ConnectionSecretKind.ACCESS_TOKEN,
            ciphertext=SEALED,
            encryption_key_id=key.id,
            expires_at=None if hours is None else NOON + timedelta(hours=hours),
        )
    )


async def test_a_purpose_has_one_active_key_after_each_rotation(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    assert await db.encryption_keys.active(tenant.project_id) is None
    first = await db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    second = await db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    assert await db.encryption_keys.active(tenant.project_id) == second
    assert (await db.encryption_keys.get(tenant.project_id, first.id)).status is EncryptionKeyStatus.RETIRING
    assert await db.encryption_keys.active(tenant.project_id, "exports") is None
    with pytest.raises(ValueInvalid):
        await db.encryption_keys.rotate(tenant.project_id, "exports", tenant.new_key())


async def test_a_retiring_key_is_unused_when_nothing_is_sealed_with_it(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    first = await db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    secret = await make_secret(db, tenant, first, "one", 1)
    app = await db.provider_apps.create(
        NewProviderApp(
            project_id=tenant.project_id,
            provider=tenant.provider,
            client_id="client",
            client_secret_ciphertext=SEALED,
            client_secret_key_id=first.id,
        )
    )
    second = await db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    assert await db.encryption_keys.unused_retiring(10) == []
    await db.connection_secrets.delete(tenant.project_id, secret.connection_id, secret.kind)
    await db.provider_apps.delete(tenant.project_id, app.id)
    assert await db.encryption_keys.unused_retiring(10) == []
    await db.provider_apps.purge(tenant.project_id, app.id)
    assert [key.id for key in await db.encryption_keys.unused_retiring(10)] == [first.id]
    assert await db.encryption_keys.unused_retiring(0) == []
    assert await db.encryption_keys.active(tenant.project_id) == second


async def test_an_app_is_known_by_the_customers_reference(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    key = await tenant.key()
    app = await db.provider_apps.create(
        NewProviderApp(
            project_id=tenant.project_id,
            provider=tenant.provider,
            external_ref="mine",
            client_id="client",
            client_secret_ciphertext=SEALED,
            client_secret_key_id=key.id,
        )
    )
    assert await db.provider_apps.find_by_external_ref(tenant.project_id, "mine") == app
    await db.provider_apps.delete(tenant.project_id, app.id)
    assert await db.provider_apps.find_by_external_ref(tenant.project_id, "mine") is None


async def test_the_second_of_two_refreshes_is_stale(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    secret = await make_secret(db, tenant, await tenant.key(), "one", 1)
    fresh = NewConnectionSecret(
        project_id=secret.project_id,
        connection_id=secret.connection_id,
        kind=secret.kind,
        ciphertext=SEALED + b"\x01",
        encryption_key_id=secret.encryption_key_id,
        expires_at=NOON + timedelta(hours=2),
    )
    replaced = await db.connection_secrets.replace(fresh, expected_version=secret.version)
    assert (replaced.ciphertext, replaced.version) == (fresh.ciphertext, 2)
    with pytest.raises(StaleVersion):
        await db.connection_secrets.replace(fresh, expected_version=secret.version)


async def test_tokens_due_for_refresh_come_by_their_end(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    key = await tenant.key()
    late = await make_secret(db, tenant, key, "late", 3)
    soon = await make_secret(db, tenant, key, "soon", 1)
    await make_secret(db, tenant, key, "never", None)
    async with db.transaction() as tx:
        assert await tx.connection_secrets.due_for_refresh(NOON + timedelta(hours=4), 10) == [soon, late]
        assert await tx.connection_secrets.due_for_refresh(NOON + timedelta(hours=4), 1) == [soon]
        assert await tx.connection_secrets.due_for_refresh(NOON + timedelta(hours=1), 10) == []


@pytest.fixture(autouse=True)
def development_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "test")


async def two_keys(db: AsyncDatabase, tenant: AsyncTenant) -> list[tuple[EncryptionKey, bytes]]:
    """Make a key that is retiring and the active one, with their plain data keys."""
    made = []
    for _ in range(2):
        key_id = EncryptionKeyId(uuid7())
        data_key, wrapped = key_service().create_data_key(key_id)
        new = tenant.new_key().model_copy(
            update={
                "id": key_id,
                "wrapped_key": wrapped.wrapped_key,
                "kms_key": wrapped.kms_key,
                "kms_key_version": wrapped.kms_key_version,
            }
        )
        made.append((await db.encryption_keys.rotate(tenant.project_id, "credentials", new), data_key))
    return made


async def test_an_apps_secret_is_sealed_anew(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    (old, old_key), (new, new_key) = await two_keys(db, tenant)
    app = NewProviderApp(
        project_id=tenant.project_id,
        provider=tenant.provider,
        client_id="client",
        client_secret_ciphertext=SEALED,
        client_secret_key_id=old.id,
    )
    place = Place("provider_apps", "client_secret_ciphertext", {"project_id": app.project_id, "id": app.id})
    sealed = seal(b"hush", old_key, old.id, place)
    await db.provider_apps.create(app.model_copy(update={"client_secret_ciphertext": sealed}))
    resealed = await db.provider_apps.reseal(tenant.project_id, app.id, new.id)
    assert resealed.client_secret_key_id == new.id
    assert unseal(resealed.client_secret_ciphertext, new_key, new.id, place) == b"hush"


async def test_secrets_are_sealed_anew_in_batches(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    (old, old_key), (new, new_key) = await two_keys(db, tenant)
    places = []
    for name in ("one", "two", "three"):
        connection = await tenant.connection(name)
        key = {"project_id": tenant.project_id, "connection_id": connection.id, "kind": "api_key"}
        places.append(Place("connection_secrets", "ciphertext", key))
        await db.connection_secrets.create(
            NewConnectionSecret(
                project_id=tenant.project_id,
                connection_id=connection.id,
                kind=ConnectionSecretKind.API_KEY,
                ciphertext=seal(name.encode(), old_key, old.id, places[-1]),
                encryption_key_id=old.id,
            )
        )
    after = await db.connection_secrets.reseal_batch(tenant.project_id, old.id, new.id, limit=2)
    assert after is not None
    left = ConnectionSecretFilter(project_id=tenant.project_id, encryption_key_id=old.id)
    assert await db.connection_secrets.count(left) == 1
    assert await db.connection_secrets.reseal_batch(tenant.project_id, old.id, new.id, after=after, limit=2) is None
    assert await db.connection_secrets.count(left) == 0
    kind = ConnectionSecretKind.API_KEY
    opened = []
    for place in places:
        secret = await db.connection_secrets.get(tenant.project_id, place.key["connection_id"], kind)
        opened.append(unseal(secret.ciphertext, new_key, new.id, place))
    assert opened == [b"one", b"two", b"three"]


async def test_a_secret_that_does_not_open_stops_the_batch_and_changes_nothing(
    db: AsyncDatabase, tenant: AsyncTenant
) -> None:
    (old, _), (new, _) = await two_keys(db, tenant)
    destination = await tenant.destination()
    secret = await db.destination_secrets.create(
        NewDestinationSecret(
            project_id=tenant.project_id,
            destination_id=destination.id,
            kind=DestinationSecretKind.PASSWORD,
            ciphertext=SEALED,
            encryption_key_id=old.id,
        )
    )
    with pytest.raises(ValueInvalid):
        await db.destination_secrets.reseal_batch(tenant.project_id, old.id, new.id)
    assert await db.destination_secrets.get(tenant.project_id, destination.id, secret.kind) == secret
