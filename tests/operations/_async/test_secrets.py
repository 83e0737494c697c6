"""Data keys, provider apps and the secrets of connections."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit.types import (
    ConnectionSecret,
    ConnectionSecretKind,
    EncryptionKey,
    EncryptionKeyStatus,
    NewConnectionSecret,
    NewProviderApp,
    StaleVersion,
    ValueInvalid,
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
