# Generated from tests/operations/_async/test_rotating.py by tools/unasync.py; edit that file instead.
"""Rotation of keys: readers succeed all the time, and what is cut off is brought to its end."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from dbkit import Database
from dbkit.operations._sync.keyring import Keyring
from dbkit.operations._sync.sealed_rows import SealedRows
from dbkit.operations.rotation import Pace
from dbkit.sealing.file_service import FileKeyService
from dbkit.types import (
    ConnectionSecret,
    ConnectionSecretFilter,
    ConnectionSecretKind,
    DestinationSecretKind,
    EncryptionKeyFilter,
    EncryptionKeyStatus,
    NewConnectionSecret,
    NewDestinationSecret,
    NewProviderApp,
    ProviderApp,
)
from tests.operations._sync.world import Tenant

PACE = Pace(rows=2, rows_per_second=1e6)
KINDS = list(ConnectionSecretKind)


class Cut(Exception):
    """A rotation is cut off here."""


@pytest.fixture
def service(tmp_path: Path) -> FileKeyService:
    service = FileKeyService(tmp_path / "keys.json")
    service.add_version()
    return service


@pytest.fixture
def keyring(db: Database, service: FileKeyService) -> Keyring:
    return Keyring(db, service=service)


def secrets_of(keyring: Keyring, tenant: Tenant, connections: int = 1) -> list[ConnectionSecret]:
    """Store a secret of each kind for some connections, each its own place as text."""
    stored = []
    for number in range(connections):
        connection = tenant.connection(f"c{number}")
        for kind in KINDS:
            given = {"project_id": tenant.project_id, "connection_id": connection.id, "kind": kind}
            new = keyring.seal(NewConnectionSecret, **given, ciphertext=f"{number} {kind.value}")
            stored.append(tenant.db.connection_secrets.create(new))
    return stored


def app_of(keyring: Keyring, tenant: Tenant) -> ProviderApp:
    new = keyring.seal(
        NewProviderApp,
        project_id=tenant.project_id,
        provider=tenant.provider,
        client_id="client",
        client_secret_ciphertext="of an app",
    )
    return tenant.db.provider_apps.create(new)


def opened(db: Database, service: FileKeyService, row: ConnectionSecret) -> str:
    """Open a secret as it is now, as a reader who has kept no key."""
    now = db.connection_secrets.get(row.project_id, row.connection_id, row.kind)
    return (Keyring(db, service=service).unseal(now)).reveal_text()


def statuses(db: Database, tenant: Tenant) -> list[str]:
    keys = db.encryption_keys.iterate(EncryptionKeyFilter(project_id=tenant.project_id))
    return sorted([key.status for key in keys])


def test_everything_is_sealed_with_the_new_key(
    db: Database, tenant: Tenant, keyring: Keyring, service: FileKeyService
) -> None:
    secrets, app = secrets_of(keyring, tenant), app_of(keyring, tenant)
    destination = tenant.destination()
    given = {"project_id": tenant.project_id, "destination_id": destination.id, "kind": DestinationSecretKind.PASSWORD}
    db.destination_secrets.create(keyring.seal(NewDestinationSecret, **given, ciphertext="of a hook"))
    db.provider_apps.delete(tenant.project_id, app.id)
    old = secrets[0].encryption_key_id
    done = keyring.rotate(tenant.project_id, pace=PACE)
    assert (done.keys_made, done.keys_retired, done.secrets_sealed) == (1, 1, len(KINDS) + 2)
    assert db.connection_secrets.count(ConnectionSecretFilter(project_id=tenant.project_id)) == len(KINDS)
    for entity in (each for each in db.entities() if each.sealed):
        (column,) = entity.sealed
        rows = db.repository(entity, SealedRows)
        assert rows.sealed_by(column, tenant.project_id, old, limit=1) == []
    for row in secrets:
        assert opened(db, service, row) == f"0 {row.kind.value}"
        # Nobody who has read the row has to read it again.
        assert (db.connection_secrets.get(row.project_id, row.connection_id, row.kind)).version == row.version
    restored = db.provider_apps.restore(tenant.project_id, app.id)
    assert (keyring.unseal(restored)).reveal_text() == "of an app"
    assert statuses(db, tenant) == ["active", "retired"]
    assert str(done).startswith("1 data keys made")


@pytest.mark.parametrize("seed", range(3))
def test_a_rotation_that_is_cut_off_is_brought_to_its_end(
    db: Database,
    tenant: Tenant,
    keyring: Keyring,
    service: FileKeyService,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """At a random write; readers succeed before, between and after."""
    secrets = secrets_of(keyring, tenant)
    left = random.Random(seed).randrange(len(secrets))
    put = SealedRows.put_sealed

    def cut_off(self: Any, *arguments: Any) -> bool:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cut
        return put(self, *arguments)

    monkeypatch.setattr(SealedRows, "put_sealed", cut_off)
    with pytest.raises(Cut):
        keyring.rotate(pace=PACE)
    for row in secrets:
        assert opened(db, service, row) == f"0 {row.kind.value}"
    assert statuses(db, tenant) == ["active", "retiring"]
    monkeypatch.setattr(SealedRows, "put_sealed", put)
    done = keyring.rotate(pace=PACE)
    assert (done.keys_made, done.keys_retired) == (0, 1)
    for row in secrets:
        assert opened(db, service, row) == f"0 {row.kind.value}"
    assert statuses(db, tenant) == ["active", "retired"]


def test_a_secret_that_is_replaced_meanwhile_stays_replaced(
    db: Database, tenant: Tenant, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row, *_) = secrets_of(keyring, tenant)
    rows = db.repository(next(each for each in db.entities() if each.name == "connection_secrets"), SealedRows)
    changes = keyring.resealed(row, "newer")
    db.connection_secrets.update(row.project_id, row.connection_id, row.kind, expected_version=1, **changes)
    assert not rows.put_sealed(row, "ciphertext", bytes(50), row.encryption_key_id)
    now = db.connection_secrets.get(row.project_id, row.connection_id, row.kind)
    assert (keyring.unseal(now)).reveal_text() == "newer"


def test_what_does_not_open_is_told_and_left(db: Database, tenant: Tenant, keyring: Keyring) -> None:
    row, *others = secrets_of(keyring, tenant)
    db.connection_secrets.update(
        row.project_id, row.connection_id, row.kind, expected_version=1, ciphertext=others[0].ciphertext
    )
    done = keyring.rotate(pace=PACE)
    assert (done.secrets_sealed, done.keys_retired) == (len(others), 0)
    (unopened,) = done.unopened
    assert (unopened.entity, unopened.key["kind"], unopened.code) == (
        "connection_secrets",
        row.kind,
        "secret_unreadable",
    )
    assert "does not open: connection_secrets (project_id=" in str(done)
    assert EncryptionKeyStatus.RETIRING in statuses(db, tenant)


def test_the_master_key_is_rotated_without_a_secret_being_touched(
    db: Database, tenant: Tenant, keyring: Keyring, service: FileKeyService
) -> None:
    secrets = secrets_of(keyring, tenant)
    version = service.add_version()
    done = keyring.rewrap()
    assert (done.keys_wrapped, done.secrets_sealed) == (1, 0)
    key = db.encryption_keys.get(tenant.project_id, secrets[0].encryption_key_id)
    assert (key.kms_key, key.kms_key_version) == ("file", version)
    assert db.connection_secrets.get(secrets[0].project_id, secrets[0].connection_id, secrets[0].kind) == secrets[0]
    assert opened(db, service, secrets[0]) == f"0 {secrets[0].kind.value}"
    assert (keyring.rewrap()).keys_wrapped == 0


def test_a_data_key_whose_master_key_is_gone_is_told(
    db: Database, tenant: Tenant, keyring: Keyring, service: FileKeyService
) -> None:
    secrets_of(keyring, tenant)
    service.path.unlink()
    service.add_version()
    service.add_version()
    text = service.path.read_text().replace('"1"', '"3"')
    service.path.write_text(text)
    (unopened,) = (keyring.rewrap()).unopened
    assert (unopened.entity, unopened.code) == ("encryption_keys", "key_destroyed")


def test_a_rotation_keeps_to_its_pace() -> None:
    pace = Pace(rows=100, rows_per_second=50)
    assert pace.pause_seconds(100, 0.5) == 1.5
    assert pace.pause_seconds(100, 5) == 0
