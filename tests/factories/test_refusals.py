"""What no factory can make is refused in words that say what to change."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

import dbkit
from dbkit.mock.factories import BaseFactories, EntityFactory, Factories, UnknownTrait
from dbkit.models import CONNECTIONS
from dbkit.types import (
    CheckFailed,
    ConfigurationInvalid,
    DbkitError,
    EncryptionKeyStatus,
    OperationStatus,
    OperationType,
    ReadType,
    ReferenceMissing,
    ValueInvalid,
)
from tests.factories import shop

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

IMPOSSIBLE: list[tuple[str, Callable[[Factories], Any], type[DbkitError], str, tuple[str, ...]]] = [
    (
        "a check",
        lambda make: make.operation.build(type=OperationType.WRITE, read_type=ReadType.BACKFILL),
        CheckFailed,
        "ck_operations_read_type",
        ("read_type", "type"),
    ),
    (
        "a check of two times",
        lambda make: make.operation.completed.build(started_at=NOON, completed_at=NOON.replace(hour=11)),
        CheckFailed,
        "ck_operations_completed_at",
        ("completed_at", "started_at", "status"),
    ),
    (
        "a state without its time",
        lambda make: make.encryption_key.build(status=EncryptionKeyStatus.RETIRED, retired_at=None),
        CheckFailed,
        "ck_encryption_keys_retired_at",
        ("status", "retired_at"),
    ),
    (
        "a document of many fields",
        lambda make: make.delivery.build(payload=None, payload_url=None),
        CheckFailed,
        "ck_deliveries_payload",
        ("payload", "payload_url"),
    ),
]


@pytest.mark.parametrize(("call", "error", "constraint", "fields"), [each[1:] for each in IMPOSSIBLE])
def test_an_impossible_combination_names_entity_fields_and_constraint(
    make: Factories, call: Callable[[Factories], Any], error: type[DbkitError], constraint: str, fields: tuple[str, ...]
) -> None:
    with pytest.raises(error, match="no row can be valid with what is given") as raised:
        call(make)
    assert (raised.value.constraint, raised.value.fields) == (constraint, fields)
    assert raised.value.entity is not None
    assert raised.value.to_do.startswith("Give other values for ")


def test_an_unknown_field_is_refused_with_the_near_one(make: Factories) -> None:
    with pytest.raises(ValueInvalid, match=r"Did you mean status\?") as raised:
        make.connection.build(statsu="working")
    assert (raised.value.entity, raised.value.fields) == ("connections", ("statsu",))


def test_what_the_database_gives_cannot_be_given(make: Factories) -> None:
    with pytest.raises(ValueInvalid, match="created_at is given by the database"):
        make.connection.build(created_at=NOON)


def test_a_value_that_does_not_fit_is_refused_by_the_entitys_name(make: Factories) -> None:
    with pytest.raises(ValueInvalid) as raised:
        make.project.build(name="a\x00b")
    assert (raised.value.entity, raised.value.fields) == ("projects", ("name",))
    with pytest.raises(ValueInvalid) as raised:
        make.connection.build(project_id="not an id")
    assert (raised.value.entity, raised.value.fields) == ("connections", ("project_id",))


def test_a_parent_of_another_tenant_is_refused(make: Factories) -> None:
    stranger = make.elsewhere().installation.build()
    with pytest.raises(ValueInvalid, match="another project_id") as raised:
        make.operation.build(installation=stranger, project=make.project.build())
    assert raised.value.entity == "operations"
    assert raised.value.constraint in ("fk_operations_installation_id", "fk_operations_project_id")


def test_a_parent_of_another_tenant_by_its_id_is_refused_by_the_database(make: Factories, db: dbkit.Database) -> None:
    stranger = make.elsewhere().installation.create(db)
    project = make.project.create(db)
    with pytest.raises(ReferenceMissing) as raised:
        make.operation.create(db, project_id=project.id, installation_id=stranger.id)
    assert raised.value.constraint == "fk_operations_installation_id"


def test_a_parent_of_another_kind_is_refused(make: Factories) -> None:
    with pytest.raises(ValueInvalid, match="installation is a NewProject") as raised:
        make.operation.build(installation=make.project.build())
    assert raised.value.to_do == "Give a value of Installation, or project_id, installation_id."


def test_no_parent_is_fine_where_none_is_needed(make: Factories) -> None:
    assert make.operation.build(config=None).config_id is None
    with pytest.raises(ValueInvalid):
        make.operation.build(installation=None)


def test_an_unknown_trait_is_refused_with_the_known_ones(make: Factories) -> None:
    with pytest.raises(UnknownTrait, match="there is no trait brokn") as raised:
        make.connection.trait("brokn")
    assert "broken" in raised.value.to_do
    with pytest.raises(UnknownTrait):
        getattr(make.connection, "brokn")  # noqa: B009 (a type checker would refuse the attribute)
    with pytest.raises(UnknownTrait, match="no deliveries refer to it"):
        make.connection.children("deliveries", 2)
    with pytest.raises(UnknownTrait, match="there is no factory conection"):
        getattr(make, "conection")  # noqa: B009


def test_what_is_not_stored_cannot_be_deleted(make: Factories) -> None:
    with pytest.raises(ValueInvalid, match="cannot be deleted"):
        make.connection.deleted.build()


def test_a_parent_that_the_server_numbers_has_to_be_stored_first() -> None:
    make = BaseFactories(7, shop.ENTITIES)
    for call in (
        make.of(shop.NOTES).build,
        lambda: make.of(shop.NOTES).build(ticket=make.of(shop.TICKETS).build()),
        lambda: make.of(shop.TICKETS).children("notes", 1).build(),
    ):
        with pytest.raises(ValueInvalid, match="Create the ticket first") as raised:
            call()
        assert raised.value.constraint == "fk_notes_ticket_id"
    with dbkit.connect("memory://", database=shop.ShopDatabase) as database:
        ticket = make.of(shop.TICKETS).create(database)
        assert make.of(shop.NOTES).create(database, ticket=ticket).ticket_id == ticket.id


def test_a_factory_by_itself_says_what_it_lacks() -> None:
    class ConnectionFactory(EntityFactory):
        class Meta:
            entity = CONNECTIONS

    for call in (ConnectionFactory.build, ConnectionFactory.create, ConnectionFactory):
        with pytest.raises(ConfigurationInvalid, match=r"Factories\(..., factories=\[ConnectionFactory\]\)"):
            call()


def test_a_factory_of_a_strange_entity_is_refused() -> None:
    class ConnectionFactory(EntityFactory):
        class Meta:
            entity = CONNECTIONS

    with pytest.raises(ConfigurationInvalid, match="there is a factory of connections, and no such entity"):
        Factories(entities=shop.ENTITIES, factories=[ConnectionFactory])


async def test_a_database_of_the_other_colour_is_refused(
    make: Factories, db: dbkit.Database, async_db: dbkit.AsyncDatabase
) -> None:
    with pytest.raises(ConfigurationInvalid, match="AsyncDatabase is async"):
        make.group.create(async_db)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationInvalid, match="Database is sync"):
        await make.group.create_async(db)  # type: ignore[arg-type]


def test_a_refusal_holds_no_row_data_and_goes_between_processes(make: Factories) -> None:
    with pytest.raises(CheckFailed) as raised:
        make.operation.build(status=OperationStatus.PENDING, completed_at=NOON, provider_job_ref="secret")
    assert "secret" not in str(raised.value)
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_factories_can_be_copied(make: Factories) -> None:
    assert copy.copy(make.connection).broken.build().status == "bad_credentials"
