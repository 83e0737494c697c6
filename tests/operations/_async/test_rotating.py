"""Rotation of keys: readers succeed all the time, and what is cut off is brought to its end."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from dbkit import AsyncDatabase
from dbkit.operations._async.keyring import AsyncKeyring
from dbkit.operations._async.sealed_rows import AsyncSealedRows
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
from tests.operations._async.world import AsyncTenant

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
def keyring(db: AsyncDatabase, service: FileKeyService) -> AsyncKeyring:
    return AsyncKeyring(db, service=service)


async def secrets_of(keyring: AsyncKeyring, tenant: AsyncTenant, connections: int = 1) -> list[ConnectionSecret]:
    """Store a secret of each kind for some connections, each its own place as text."""
    stored = []
    for number in range(connections):
        connection = await tenant.connection(f"c{number}")
        for kind in KINDS:
            given = {"project_id": tenant.project_id, "connection_id": connection.id, "kind": kind}
            new = await keyring.seal(NewConnectionSecret, **given, ciphertext=f"{number} {kind.value}")
            stored.append(await tenant.db.connection_secrets.create(new))
    return stored


async def app_of(keyring: AsyncKeyring, tenant: AsyncTenant) -> ProviderApp:
    new = await keyring.seal(
        NewProviderApp,
        project_id=tenant.project_id,
        provider=tenant.provider,
        client_id="client",
        client_secret_ciphertext="of an app",
    )
    return await tenant.db.provider_apps.create(new)


async def opened(db: AsyncDatabase, service: FileKeyService, row: ConnectionSecret) -> str:
    """Open a secret as it is now, as a reader who has kept no key."""
    now = await db.connection_secrets.get(row.project_id, row.connection_id, row.kind)
    return (await AsyncKeyring(db, service=service).unseal(now)).reveal_text()


async def statuses(db: AsyncDatabase, tenant: AsyncTenant) -> list[str]:
    keys = db.encryption_keys.iterate(EncryptionKeyFilter(project_id=tenant.project_id))
    return sorted([key.status async for key in keys])


async def test_everything_is_sealed_with_the_new_key(
    db: AsyncDatabase, tenant: AsyncTenant, keyring: AsyncKeyring, service: FileKeyService
) -> None:
    secrets, app = await secrets_of(keyring, tenant), await app_of(keyring, tenant)
    destination = await tenant.destination()
    given = {"project_id": tenant.project_id, "destination_id": destination.id, "kind": DestinationSecretKind.PASSWORD}
    await db.destination_secrets.create(await keyring.seal(NewDestinationSecret, **given, ciphertext="of a hook"))
    await db.provider_apps.delete(tenant.project_id, app.id)
    old = secrets[0].encryption_key_id
    done = await keyring.rotate(tenant.project_id, pace=PACE)
    assert (done.keys_made, done.keys_retired, done.secrets_sealed) == (1, 1, len(KINDS) + 2)
    assert await db.connection_secrets.count(ConnectionSecretFilter(project_id=tenant.project_id)) == len(KINDS)
    for entity in (each for each in db.entities() if each.sealed):
        (column,) = entity.sealed
        rows = db.repository(entity, AsyncSealedRows)
        assert await rows.sealed_by(column, tenant.project_id, old, limit=1) == []
    for row in secrets:
        assert await opened(db, service, row) == f"0 {row.kind.value}"
        # Nobody who has read the row has to read it again.
        assert (await db.connection_secrets.get(row.project_id, row.connection_id, row.kind)).version == row.version
    restored = await db.provider_apps.restore(tenant.project_id, app.id)
    assert (await keyring.unseal(restored)).reveal_text() == "of an app"
    assert await statuses(db, tenant) == ["active", "retired"]
    assert str(done).startswith("1 data keys made")


@pytest.mark.parametrize("seed", range(3))
async def test_a_rotation_that_is_cut_off_is_brought_to_its_end(
    db: AsyncDatabase,
    tenant: AsyncTenant,
    keyring: AsyncKeyring,
    service: FileKeyService,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """At a random write; readers succeed before, between and after."""
    secrets = await secrets_of(keyring, tenant)
    left = random.Random(seed).randrange(len(secrets))
    put = AsyncSealedRows.put_sealed

    async def cut_off(self: Any, *arguments: Any) -> bool:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cut
        return await put(self, *arguments)

    monkeypatch.setattr(AsyncSealedRows, "put_sealed", cut_off)
    with pytest.raises(Cut):
        await keyring.rotate(pace=PACE)
    for row in secrets:
        assert await opened(db, service, row) == f"0 {row.kind.value}"
    assert await statuses(db, tenant) == ["active", "retiring"]
    monkeypatch.setattr(AsyncSealedRows, "put_sealed", put)
    done = await keyring.rotate(pace=PACE)
    assert (done.keys_made, done.keys_retired) == (0, 1)
    for row in secrets:
        assert await opened(db, service, row) == f"0 {row.kind.value}"
    assert await statuses(db, tenant) == ["active", "retired"]


async def test_a_secret_that_is_replaced_meanwhile_stays_replaced(
    db: AsyncDatabase, tenant: AsyncTenant, keyring: AsyncKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row, *_) = await secrets_of(keyring, tenant)
    rows = db.repository(next(each for each in db.entities() if each.name == "connection_secrets"), AsyncSealedRows)
    changes = await keyring.resealed(row, "newer")
    await db.connection_secrets.update(row.project_id, row.connection_id, row.kind, expected_version=1, **changes)
    assert not await rows.put_sealed(row, "ciphertext", bytes(50), row.encryption_key_id)
    now = await db.connection_secrets.get(row.project_id, row.connection_id, row.kind)
    assert (await keyring.unseal(now)).reveal_text() == "newer"


async def test_what_does_not_open_is_told_and_left(
    db: AsyncDatabase, tenant: AsyncTenant, keyring: AsyncKeyring
) -> None:
    row, *others = await secrets_of(keyring, tenant)
    await db.connection_secrets.update(
        row.project_id, row.connection_id, row.kind, expected_version=1, ciphertext=others[0].ciphertext
    )
    done = await keyring.rotate(pace=PACE)
    assert (done.secrets_sealed, done.keys_retired) == (len(others), 0)
    (unopened,) = done.unopened
    assert (unopened.entity, unopened.key["kind"], unopened.code) == (
        "connection_secrets",
        row.kind,
        "secret_unreadable",
    )
    assert "does not open: connection_secrets (project_id=" in str(done)
    assert EncryptionKeyStatus.RETIRING in await statuses(db, tenant)


async def test_the_master_key_is_rotated_without_a_secret_being_touched(
    db: AsyncDatabase, tenant: AsyncTenant, keyring: AsyncKeyring, service: FileKeyService
) -> None:
    secrets = await secrets_of(keyring, tenant)
    version = service.add_version()
    done = await keyring.rewrap()
    assert (done.keys_wrapped, done.secrets_sealed) == (1, 0)
    key = await db.encryption_keys.get(tenant.project_id, secrets[0].encryption_key_id)
    assert (key.kms_key, key.kms_key_version) == ("file", version)
    assert (
        await db.connection_secrets.get(secrets[0].project_id, secrets[0].connection_id, secrets[0].kind) == secrets[0]
    )
    assert await opened(db, service, secrets[0]) == f"0 {secrets[0].kind.value}"
    assert (await keyring.rewrap()).keys_wrapped == 0


async def test_a_data_key_whose_master_key_is_gone_is_told(
    db: AsyncDatabase, tenant: AsyncTenant, keyring: AsyncKeyring, service: FileKeyService
) -> None:
    await secrets_of(keyring, tenant)
    service.path.unlink()
    service.add_version()
    service.add_version()
    text = service.path.read_text().replace('"1"', '"3"')
    service.path.write_text(text)
    (unopened,) = (await keyring.rewrap()).unopened
    assert (unopened.entity, unopened.code) == ("encryption_keys", "key_destroyed")


def test_a_rotation_keeps_to_its_pace() -> None:
    pace = Pace(rows=100, rows_per_second=50)
    assert pace.pause_seconds(100, 0.5) == 1.5
    assert pace.pause_seconds(100, 5) == 0
