# Generated from tests/operations/_async/test_secrets.py by tools/unasync.py; edit that file instead.
"""Data keys, provider apps and the secrets of connections."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import Database
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
from tests.operations._sync.world import NOON, Tenant

SEALED = b"\x01" + bytes(40)


def make_secret(db: Database, tenant: Tenant, key: EncryptionKey, name: str, hours: int | None) -> ConnectionSecret:
    connection = tenant.connection(name)
    return db.connection_secrets.create(
        NewConnectionSecret(
            project_id=tenant.project_id,
            connection_id=connection.id,
            kind=ConnectionSecretKind.ACCESS_TOKEN,
            ciphertext=SEALED,
            encryption_key_id=key.id,
            expires_at=None if hours is None else NOON + timedelta(hours=hours),
        )
    )


def test_a_purpose_has_one_active_key_after_each_rotation(db: Database, tenant: Tenant) -> None:
    assert db.encryption_keys.active(tenant.project_id) is None
    first = db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    second = db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    assert db.encryption_keys.active(tenant.project_id) == second
    assert (db.encryption_keys.get(tenant.project_id, first.id)).status is EncryptionKeyStatus.RETIRING
    assert db.encryption_keys.active(tenant.project_id, "exports") is None
    with pytest.raises(ValueInvalid):
        db.encryption_keys.rotate(tenant.project_id, "exports", tenant.new_key())


def test_a_retiring_key_is_unused_when_nothing_is_sealed_with_it(db: Database, tenant: Tenant) -> None:
    first = db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    secret = make_secret(db, tenant, first, "one", 1)
    app = db.provider_apps.create(
        NewProviderApp(
            project_id=tenant.project_id,
            provider=tenant.provider,
            client_id="client",
            client_secret_ciphertext=SEALED,
            client_secret_key_id=first.id,
        )
    )
    second = db.encryption_keys.rotate(tenant.project_id, "credentials", tenant.new_key())
    assert db.encryption_keys.unused_retiring(10) == []
    db.connection_secrets.delete(tenant.project_id, secret.connection_id, secret.kind)
    db.provider_apps.delete(tenant.project_id, app.id)
    assert db.encryption_keys.unused_retiring(10) == []
    db.provider_apps.purge(tenant.project_id, app.id)
    assert [key.id for key in db.encryption_keys.unused_retiring(10)] == [first.id]
    assert db.encryption_keys.unused_retiring(0) == []
    assert db.encryption_keys.active(tenant.project_id) == second


def test_an_app_is_known_by_the_customers_reference(db: Database, tenant: Tenant) -> None:
    key = tenant.key()
    app = db.provider_apps.create(
        NewProviderApp(
            project_id=tenant.project_id,
            provider=tenant.provider,
            external_ref="mine",
            client_id="client",
            client_secret_ciphertext=SEALED,
            client_secret_key_id=key.id,
        )
    )
    assert db.provider_apps.find_by_external_ref(tenant.project_id, "mine") == app
    db.provider_apps.delete(tenant.project_id, app.id)
    assert db.provider_apps.find_by_external_ref(tenant.project_id, "mine") is None


def test_the_second_of_two_refreshes_is_stale(db: Database, tenant: Tenant) -> None:
    secret = make_secret(db, tenant, tenant.key(), "one", 1)
    fresh = NewConnectionSecret(
        project_id=secret.project_id,
        connection_id=secret.connection_id,
        kind=secret.kind,
        ciphertext=SEALED + b"\x01",
        encryption_key_id=secret.encryption_key_id,
        expires_at=NOON + timedelta(hours=2),
    )
    replaced = db.connection_secrets.replace(fresh, expected_version=secret.version)
    assert (replaced.ciphertext, replaced.version) == (fresh.ciphertext, 2)
    with pytest.raises(StaleVersion):
        db.connection_secrets.replace(fresh, expected_version=secret.version)


def test_tokens_due_for_refresh_come_by_their_end(db: Database, tenant: Tenant) -> None:
    key = tenant.key()
    late = make_secret(db, tenant, key, "late", 3)
    soon = make_secret(db, tenant, key, "soon", 1)
    make_secret(db, tenant, key, "never", None)
    with db.transaction() as tx:
        assert tx.connection_secrets.due_for_refresh(NOON + timedelta(hours=4), 10) == [soon, late]
        assert tx.connection_secrets.due_for_refresh(NOON + timedelta(hours=4), 1) == [soon]
        assert tx.connection_secrets.due_for_refresh(NOON + timedelta(hours=1), 10) == []
