"""Traits: the states of lifecycles, what dbkit declares beside its models, children, deleted rows."""

from __future__ import annotations

from typing import Any

import pytest

import dbkit
from dbkit.mock.factories import Factories
from dbkit.mock.factories.declared import factory_of
from dbkit.mock.factories.traits import traits_of
from dbkit.models import ENTITIES
from dbkit.types import (
    ConnectionStatus,
    DeliveryAttemptFilter,
    InstallationConfigFilter,
    InviteStatus,
    NotFound,
    OperationStatus,
    RevisionFilter,
)

STATES = [
    (entity, name, state) for entity in ENTITIES for name, states in entity.lifecycles.items() for state in states
]
DECLARED = [(entity, name) for entity in ENTITIES for name in traits_of(factory_of(entity))]


@pytest.mark.parametrize(("entity", "name", "state"), STATES, ids=lambda each: str(getattr(each, "name", each)))
def test_every_state_of_a_lifecycle_is_a_trait(
    make: Factories, db: dbkit.Database, entity: Any, name: str, state: Any
) -> None:
    [trait] = [trait for trait in traits_of(factory_of(entity)) if trait in (state.value, f"{name}_{state.value}")]
    assert getattr(make.of(entity).trait(trait).create(db), name) is state


@pytest.mark.parametrize(("entity", "name"), DECLARED, ids=lambda each: str(getattr(each, "name", each)))
def test_every_trait_gives_rows_that_are_stored(make: Factories, db: dbkit.Database, entity: Any, name: str) -> None:
    assert [type(value) for value in make.of(entity).trait(name).create_batch(2, db)] == [entity.value] * 2
    assert type(getattr(make.of(entity), name).create(db)) is entity.value


def test_traits_say_more_than_a_state(make: Factories) -> None:
    failed = make.operation.failed.build()
    assert failed.status is OperationStatus.FAILED
    assert failed.started_at is not None
    assert failed.completed_at is not None
    assert failed.completed_at > failed.started_at
    assert make.connection.broken.build().status is ConnectionStatus.BAD_CREDENTIALS
    accepted = make.invite.accepted.build()
    assert accepted.status is InviteStatus.ACCEPTED
    assert accepted.accepted_by_builder_id is not None
    assert make.api_key.revoked.build().active is False
    assert make.installation.paused.build().read_paused_at is not None
    held, expired = make.lease.build(), make.lease.expired.build()
    assert held.expires_at.year == 2100
    assert expired.acquired_at < expired.expires_at < dbkit.types.now()


def test_traits_add_up_and_what_is_given_wins(make: Factories, db: dbkit.Database) -> None:
    deleted = make.connection.broken.deleted.create(db, status=ConnectionStatus.WORKING)
    assert (deleted.status, deleted.deleted_at is not None) == (ConnectionStatus.WORKING, True)
    assert make.connection.build().status is ConnectionStatus.CREATED
    assert make.connection.build(broken=True).status is ConnectionStatus.BAD_CREDENTIALS


def test_a_deleted_row_is_stored_and_gone(make: Factories, db: dbkit.Database) -> None:
    connection = make.connection.deleted.create(db)
    assert connection.version == 2
    with pytest.raises(NotFound):
        db.connections.get(connection.project_id, connection.id)
    assert db.connections.restore(connection.project_id, connection.id).deleted_at is None


def test_a_deleted_row_is_no_parent_of_later_ones(make: Factories, db: dbkit.Database) -> None:
    gone = make.project.deleted.create(db)
    assert make.group.create(db).project_id != gone.id


def test_children_come_with_the_row(make: Factories, db: dbkit.Database) -> None:
    integration = make.integration.with_revisions(3).create(db)
    wanted = RevisionFilter(project_id=integration.project_id, integration_id=integration.id)
    revisions = sorted(db.revisions.iterate(wanted), key=lambda revision: revision.number)
    assert [revision.number for revision in revisions] == [1, 2, 3]
    assert integration.latest_revision_id == revisions[-1].id


def test_children_that_the_row_has_anyway_count(make: Factories, db: dbkit.Database) -> None:
    installation = make.installation.with_installation_configs(3).create(db)
    wanted = InstallationConfigFilter(project_id=installation.project_id, installation_id=installation.id)
    assert db.installation_configs.count(wanted) == 3


def test_children_have_what_they_are_given(make: Factories, db: dbkit.Database) -> None:
    delivery = make.delivery.retried.with_delivery_attempts(2, failed=True).create(db)
    wanted = DeliveryAttemptFilter(project_id=delivery.project_id, delivery_id=delivery.id)
    attempts = list(db.delivery_attempts.iterate(wanted))
    assert [(attempt.attempt, attempt.http_status) for attempt in attempts] == [(1, 503), (2, 503)]


async def test_children_are_stored_in_the_other_colour_too(make: Factories, async_db: dbkit.AsyncDatabase) -> None:
    integration = await make.integration.with_revisions(2).create_async(async_db)
    wanted = RevisionFilter(project_id=integration.project_id, integration_id=integration.id)
    assert await async_db.revisions.count(wanted) == 2
    assert (await make.connection.deleted.create_async(async_db)).deleted_at is not None


def test_a_batch_with_children_has_them_each(make: Factories, db: dbkit.Database) -> None:
    integrations = make.integration.with_revisions(2).create_batch(2, db)
    assert db.revisions.count(RevisionFilter(project_id=integrations[0].project_id)) == 4
