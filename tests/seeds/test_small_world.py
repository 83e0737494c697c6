from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import dbkit
from dbkit.models import ENTITIES
from dbkit.sealing import Place, WrappedKey, key_service, unseal
from dbkit.seeds import async_load, load, small_world, world_in
from dbkit.seeds.credentials import API_KEY, PROJECT_ID
from dbkit.types import (
    EVERY_TENANT,
    ApiKeyScope,
    ConfigurationInvalid,
    ConnectionSecretFilter,
    Deleted,
    NewOrganization,
    OperationFilter,
    OperationStatus,
    OrganizationFilter,
    ProjectId,
    ReferenceMissing,
    ValueInvalid,
)

WITHOUT_SEEDS = {"outbox_events", "ingested_messages", "leases"}
"""What a relay, a consumer or a worker would act upon."""


@pytest.fixture(params=["memory_db", "postgres_db"])
def db(request: pytest.FixtureRequest) -> dbkit.Database:
    database: dbkit.Database = request.getfixturevalue(request.param)
    return database


def stored(database: dbkit.Database, entity: Any) -> dict[Any, dict[str, Any]]:
    """Return all rows of a table by key, without what the moment of storing gave them."""
    tenant = {entity.tenant: EVERY_TENANT} if entity.tenant else {}
    deleted = {"deleted": Deleted.ANY} if entity.is_soft_deleted else {}
    rows = getattr(database, entity.name).iterate(entity.filter(**tenant, **deleted))
    return {
        tuple(getattr(row, name) for name in entity.key): row.model_dump(include=set(entity.new_fields)) for row in rows
    }


def test_every_table_has_a_file_and_rows_but_for_what_workers_act_upon() -> None:
    world = small_world()
    assert set(world.tables) == {entity.name for entity in ENTITIES}
    assert {name for name in world.tables if not list(world.rows(name))} == WITHOUT_SEEDS


def test_what_the_files_say_is_stored_and_a_second_time_nothing(db: dbkit.Database) -> None:
    world = small_world()
    first = load(db, world)
    for entity in ENTITIES:
        wanted = [value.model_dump() for value in world.rows(entity.name)]
        assert first.stored[entity.name] == len(wanted), entity.name
        assert sorted(stored(db, entity).values(), key=str) == sorted(wanted, key=str), entity.name
    second = load(db, world)
    assert sum(second.stored.values()) == 0
    assert sum(second.present.values()) == sum(first.stored.values())


def test_what_is_seeded_tells_nothing_and_what_is_changed_later_does(db: dbkit.Database) -> None:
    load(db, small_world())
    assert db.outbox_events.count() == 0
    operations = db.operations.iterate(OperationFilter(project_id=EVERY_TENANT, status=OperationStatus.RUNNING))
    running = next(iter(operations))
    db.operations.update(
        running.project_id, running.id, expected_version=running.version, status=OperationStatus.COMPLETED
    )
    assert db.outbox_events.count() > 0


def test_what_was_changed_meanwhile_stays_changed(db: dbkit.Database) -> None:
    load(db, small_world())
    organization = next(iter(db.organizations.iterate(OrganizationFilter())))
    changed = db.organizations.update(organization.id, expected_version=organization.version, label="Changed")
    load(db, small_world())
    assert db.organizations.get(organization.id) == changed


async def test_an_async_database_gets_the_same() -> None:
    async with await dbkit.connect_async("memory://") as database:
        report = await async_load(database, small_world())
    assert report.stored == {name: len(list(small_world().rows(name))) for name in small_world().tables}


def test_the_key_for_local_services_opens_the_project(db: dbkit.Database) -> None:
    load(db, small_world())
    key = db.api_keys.find_by_hash(hashlib.sha256(API_KEY.encode()).digest())
    assert key is not None
    assert (key.project_id, key.scopes, key.active) == (UUID(PROJECT_ID), (ApiKeyScope.FULL,), True)
    assert API_KEY.startswith(key.key_prefix)
    assert db.projects.get(ProjectId(UUID(PROJECT_ID))).name == "demo"


def test_sealed_seeds_open_with_the_development_key(db: dbkit.Database) -> None:
    load(db, small_world())
    service = key_service({"DBKIT_ENV": "local"})
    opened = {}
    for secret in db.connection_secrets.iterate(ConnectionSecretFilter(project_id=EVERY_TENANT)):
        key = db.encryption_keys.get(secret.project_id, secret.encryption_key_id)
        data_key = service.unwrap(WrappedKey(key.wrapped_key, key.kms_key, key.kms_key_version), key.id)
        place = {"project_id": secret.project_id, "connection_id": secret.connection_id, "kind": secret.kind.value}
        sealed_at = Place("connection_secrets", "ciphertext", place)
        opened[secret.kind.value] = unseal(secret.ciphertext, data_key, key.id, sealed_at)
    assert opened == {"access_token": b"local-access_token", "refresh_token": b"local-refresh_token"}


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.json").write_text(text)
    return folder


def test_an_unknown_column_is_refused_with_file_and_row(tmp_path: Path) -> None:
    folder = written(
        tmp_path, providers='[{"slug": "a", "display_name": "A", "base_url": "x"}, {"slug": "b", "colour": 1}]'
    )
    with pytest.raises(ValueInvalid, match=r"providers\.json, row 2") as raised:
        world_in(folder)
    assert set(raised.value.fields) == {"display_name", "base_url", "colour"}
    assert raised.value.entity == "providers"


def test_a_broken_reference_is_refused_and_nothing_is_stored(db: dbkit.Database, tmp_path: Path) -> None:
    ids = ("0194f000-0001-7000-8000-000000000001", "0194f000-0002-7000-8000-000000000001")
    team = f'[{{"organization_id": "{ids[0]}", "id": "{ids[1]}", "name": "Alone"}}]'
    with pytest.raises(ReferenceMissing) as raised:
        load(db, world_in(written(tmp_path, teams=team)))
    assert raised.value.constraint == "fk_teams_organization_id"
    assert db.organizations.count() == 0


def test_a_cycle_is_loaded_in_one_transaction(db: dbkit.Database, tmp_path: Path) -> None:
    organization, team = "0194f000-0001-7000-8000-000000000001", "0194f000-0002-7000-8000-000000000001"
    folder = written(
        tmp_path,
        organizations=f'[{{"id": "{organization}", "label": "Acme", "default_team_id": "{team}"}}]',
        teams=f'[{{"organization_id": "{organization}", "id": "{team}", "name": "Everyone"}}]',
    )
    assert sum(load(db, world_in(folder)).stored.values()) == 2
    [found] = db.organizations.iterate(OrganizationFilter())
    assert isinstance(found, NewOrganization)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("providers", "{", "no JSON"),
        ("providers", '{"slug": "a"}', "no array of objects"),
        ("providers", "[1]", "no array of objects"),
        ("provider", "[]", "of no table"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=said):
        world_in(written(tmp_path, **{name: text}))


def test_bytes_are_base64(tmp_path: Path) -> None:
    folder = written(tmp_path, api_keys='[{"key_hash": "not base64!"}]')
    with pytest.raises(ValueInvalid, match=r"api_keys\.json, row 1: key_hash"):
        world_in(folder)
