"""Rows that are built: valid, apart from each other, and the same again from the same seed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dbkit.mock.factories import PRESENT, BaseFactories, Factories
from dbkit.mock.rows.references import AnyEntity
from dbkit.models import CONNECTIONS, ENTITIES
from dbkit.types import AuthScheme, ConnectionStatus, OperationStatus, OperationType, ReadType
from tests.factories import shop


def everything(make: BaseFactories, count: int = 2) -> dict[str, list[dict[str, object]]]:
    return {entity.name: [value.model_dump() for value in make.of(entity).build_batch(count)] for entity in ENTITIES}


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_every_entity_has_a_factory(make: Factories, entity: AnyEntity) -> None:
    value = make.of(entity).build()
    assert type(value) is entity.new
    assert type(getattr(make, entity.singular).build()) is entity.new


def test_the_same_seed_and_calls_give_the_same_rows() -> None:
    assert everything(Factories(seed=3)) == everything(Factories(seed=3))
    assert everything(Factories(seed="a test's name")) == everything(Factories(seed="a test's name"))


def test_rows_of_two_seeds_never_clash() -> None:
    seen: set[object] = set()
    for seed in (0, 1, 11, "1", "a", -1):
        rows = everything(Factories(seed=seed))
        texts = {
            (name, field, value)
            for name, values in rows.items()
            for row in values
            for field, value in row.items()
            if field in ("id", "slug", "domain", "primary_email", "idp_ref", "key_hash", "message_id")
        }
        assert not seen & texts
        seen |= texts


def test_identifiers_are_uuids_of_version_7_in_order(make: Factories) -> None:
    ids = [value.id for value in make.connection.build_batch(50)]
    assert ids == sorted(ids)
    assert {each.version for each in ids} == {7}


def test_times_follow_from_when_it_began() -> None:
    began = datetime(2030, 5, 1, tzinfo=UTC)
    make = Factories(began=began)
    event = make.outbox_event.build()
    assert began < event.available_at < began + timedelta(hours=1)
    assert make.connection.build().id.int >> 80 >= began.timestamp() * 1000


def test_what_is_given_is_as_given(make: Factories) -> None:
    connection = make.connection.build(status=ConnectionStatus.WORKING, auth_scheme=AuthScheme.API_KEY)
    assert (connection.status, connection.auth_scheme) == (ConnectionStatus.WORKING, AuthScheme.API_KEY)
    operation = make.operation.build(completed_at=datetime(2026, 1, 1, tzinfo=UTC), type=OperationType.READ)
    assert operation.status in (OperationStatus.COMPLETED, OperationStatus.FAILED)
    assert make.operation.build(read_type=ReadType.BACKFILL).type is OperationType.READ


def test_present_asks_for_any_value_but_null(make: Factories) -> None:
    connection = make.connection.build(provider_app_id=PRESENT, provider_consumer_ref=PRESENT)
    assert connection.provider_app_id is not None
    assert connection.provider_consumer_ref is not None
    assert make.connection.build(provider_app=PRESENT).provider_app_id == connection.provider_app_id


def test_rows_share_a_tenant_and_what_they_refer_to(make: Factories) -> None:
    first, second = make.operation.build_batch(2)
    assert (first.project_id, first.installation_id) == (second.project_id, second.installation_id)
    assert make.connection.build().project_id == first.project_id
    other = make.elsewhere()
    assert other.connection.build().project_id not in (first.project_id, None)
    assert other.connection.build().project_id == other.operation.build().project_id


def test_the_first_of_a_kind_is_what_later_ones_refer_to(make: Factories) -> None:
    project = make.project.build(name="mine")
    make.project.build(name="another")
    assert make.connection.build().project_id == project.id


def test_a_given_parent_brings_its_tenant_and_its_own_parents(make: Factories) -> None:
    stranger = make.elsewhere().installation.build()
    operation = make.operation.build(installation=stranger)
    assert operation.project_id == stranger.project_id
    assert operation.installation_id == stranger.id
    assert operation.integration_id == stranger.integration_id


def test_numbers_count_within_their_parent(make: Factories) -> None:
    one, other = make.integration.build_batch(2)
    assert [make.revision.build(integration=one).number for _ in range(3)] == [1, 2, 3]
    assert make.revision.build(integration=other).number == 1
    assert make.revision.build(integration=one, number=9).number == 9
    assert make.revision.build(integration=one).number == 10


def test_few_values_are_spread_over_further_tenants_when_used_up(make: Factories) -> None:
    rows = make.project_entitlement.build_batch(5)
    assert len({(row.project_id, row.key) for row in rows}) == 5
    assert len({row.project_id for row in rows}) == 3
    assert make.connection.build().project_id == rows[0].project_id


def test_each_of_many_is_built_in_turn(make: Factories) -> None:
    built = make.group.build_each({"group_ref": f"group-{number}"} for number in range(3))
    assert next(built).group_ref == "group-0"
    assert [value.group_ref for value in built] == ["group-1", "group-2"]


def test_entities_of_ones_own_have_factories_too() -> None:
    make = BaseFactories(7, shop.ENTITIES)
    widgets = make.of(shop.WIDGETS).build_batch(200)
    assert len({widget.name for widget in widgets}) == 200
    assert all(2 <= len(widget.name) <= 12 for widget in widgets)
    sold = make.of(shop.WIDGETS).trait("sold").build()
    assert (sold.status, sold.sold_at is not None) == (shop.WidgetStatus.SOLD, True)


def test_a_factory_is_found_by_its_entity(make: Factories) -> None:
    assert make.of(CONNECTIONS).build().project_id == make.connection.build().project_id
    assert "connection" in dir(make)
    assert {"broken", "working", "with_installations"} <= set(dir(make.connection))
    assert repr(make.connection) == "<factory of connections>"
    assert repr(make) == "<Factories of seed 7>"
