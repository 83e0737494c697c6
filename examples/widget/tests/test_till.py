"""Tokens of tills, sealed with data keys in a file: another key takes over, and what does not open is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from dbkit.sealing.file_service import FileKeyService
from dbkit.sealing.keyset import Keyset, add_data_key, keyset
from dbkit.types import ConfigurationInvalid, KeyDestroyed

from widget_service.database import AsyncShop
from widget_service.factories.typed import Factories
from widget_service.types.store import Store

pytestmark = pytest.mark.dbkit(backend="both")


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileKeyService:
    """Name a file of master keys, and one of data keys."""
    service = FileKeyService(tmp_path / "master.json")
    service.add_version()
    add_data_key(tmp_path / "data.json", service)
    monkeypatch.setenv("DBKIT_DATA_KEYS", str(tmp_path / "data.json"))
    return service


async def with_token(db: AsyncShop, make: Factories, token: str) -> Store:
    """Store a store, and the token of its till."""
    store = await make.store.create_async(db, till_token=None, till_token_key_id=None)
    return await db.stores.update(store.slug, **await db.keyring.resealed(store, token))


async def test_another_key_takes_over(
    async_db: AsyncShop, make: Factories, service: FileKeyService, tmp_path: Path
) -> None:
    async_db.keyring.use(service)
    await make.store.create_async(async_db, till_token=None, till_token_key_id=None)
    stores = [await with_token(async_db, make, f"token {number}") for number in range(3)]
    newest = add_data_key(tmp_path / "data.json", service)
    async_db.keyring.use(service)
    done = await async_db.keyring.rotate()
    assert (done.secrets_sealed, done.unopened) == (3, [])
    for number, store in enumerate(stores):
        row = await async_db.stores.get(store.slug)
        assert row.till_token_key_id == newest
        assert (await async_db.keyring.unseal(row)).reveal_text() == f"token {number}"
    assert (await async_db.keyring.rotate()).secrets_sealed == 0


async def test_a_key_that_is_not_in_the_file_is_told(
    async_db: AsyncShop, make: Factories, service: FileKeyService, tmp_path: Path
) -> None:
    async_db.keyring.use(service)
    store = await with_token(async_db, make, "token")
    (tmp_path / "data.json").unlink()
    add_data_key(tmp_path / "data.json", service)
    async_db.keyring.use(service)
    with pytest.raises(KeyDestroyed):
        await async_db.keyring.unseal(store)
    (unopened,) = (await async_db.keyring.rotate()).unopened
    assert (unopened.entity, unopened.code) == ("stores", "key_destroyed")


def test_a_file_of_data_keys_is_asked_for_outside_of_development(tmp_path: Path) -> None:
    service = FileKeyService(tmp_path / "master.json")
    service.add_version()
    with pytest.raises(ConfigurationInvalid, match="data-key FILE"):
        keyset(service, {})
    for text in ("", "[]", "{}", '[{"id": 5}]'):
        (tmp_path / "data.json").write_text(text)
        with pytest.raises(ConfigurationInvalid, match="no file of data keys"):
            keyset(service, {"DBKIT_DATA_KEYS": str(tmp_path / "data.json")})
    with pytest.raises(ConfigurationInvalid, match="cannot be read"):
        keyset(service, {"DBKIT_DATA_KEYS": str(tmp_path / "absent.json")})
    (tmp_path / "data.json").unlink()
    ids = [add_data_key(tmp_path / "data.json", service) for _ in range(2)]
    found = keyset(service, {"DBKIT_DATA_KEYS": str(tmp_path / "data.json")})
    assert isinstance(found, Keyset)
    assert ([key.id for key in found.keys], found.active.id) == (ids, ids[1])
