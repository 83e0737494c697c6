"""Who changed what, and why, is stored with the change where somebody has said it."""

from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.events import acting
from dbkit.types import (
    ActorType,
    AuditEvent,
    AuditEventFilter,
    ConnectionSecretKind,
    ConnectionStatus,
    NewConnectionSecret,
    NewTopic,
    StaleVersion,
    ValueInvalid,
)
from tests.operations._async.world import AsyncTenant


async def trail(tenant: AsyncTenant) -> list[AuditEvent]:
    """Return what was recorded, in the order in which it was."""
    wanted = AuditEventFilter(organization_id=tenant.organization_id)
    found = [each async for each in tenant.db.audit_events.iterate(wanted)]
    return sorted(found, key=lambda each: each.id)


async def test_a_change_says_who_made_it_and_why(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    connection = await tenant.connection()
    of = tenant.project_id, connection.id
    assert await trail(tenant) == []
    with acting(ActorType.BUILDER, "builder-1", reason="the customer asked"):
        await db.connections.update(
            *of, expected_version=1, status=ConnectionStatus.WORKING, provider_metadata={"realm": 1}
        )
    await db.connections.update(*of, expected_version=2, provider_metadata={})
    (told,) = await trail(tenant)
    assert (told.actor_type, told.actor_id, told.action) == (ActorType.BUILDER, "builder-1", "update")
    assert (told.project_id, told.entity, told.entity_id) == (tenant.project_id, "connections", str(connection.id))
    assert told.changes == {
        "fields": {"status": "working", "provider_metadata": {"realm": 1}},
        "reason": "the customer asked",
    }


async def test_every_way_of_changing_rows_is_recorded(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    with acting(ActorType.API_KEY, "key-1"):
        topic = await db.topics.create(NewTopic(project_id=tenant.project_id, name="first"))
        await db.topics.create_many([NewTopic(project_id=tenant.project_id, name=name) for name in ("a", "b")])
        await db.topics.upsert(topic.model_copy(update={"name": "second"}), on="pk_topics")
        await db.topics.delete(tenant.project_id, topic.id)
        destination = await tenant.destination()
        await db.destinations.delete(tenant.project_id, destination.id)
        await db.destinations.restore(tenant.project_id, destination.id)
        await db.destinations.purge(tenant.project_id, destination.id)
    told = [(each.entity, each.action) for each in await trail(tenant)]
    assert told == [
        *[("topics", action) for action in ("create", "create", "create", "update", "delete")],
        *[("destinations", action) for action in ("create", "delete", "restore", "purge")],
    ]


async def test_what_is_undone_or_refused_is_not_recorded(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    connection = await tenant.connection()
    of = tenant.project_id, connection.id
    with acting(ActorType.SERVICE):
        with pytest.raises(StaleVersion):
            await db.connections.update(*of, expected_version=9, provider_metadata={"realm": 1})
        with pytest.raises(KeyError):
            async with db.transaction() as tx:
                await tx.connections.delete(*of)
                raise KeyError
    assert await trail(tenant) == []


async def test_a_secret_is_in_no_record(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    connection, key = await tenant.connection(), await tenant.key()
    secret = NewConnectionSecret(
        project_id=tenant.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.ACCESS_TOKEN,
        ciphertext=b"\1" + key.id.bytes + b"old" * 20,
        encryption_key_id=key.id,
    )
    with acting(ActorType.SERVICE, "refresher"):
        await db.connection_secrets.create(secret)
        await db.connection_secrets.replace(secret, expected_version=1)
    created, replaced = await trail(tenant)
    assert created.entity_id == replaced.entity_id == f"{connection.id}/access_token"
    fields = replaced.changes["fields"]
    assert isinstance(fields, dict)
    assert fields["ciphertext"] is None
    assert fields["encryption_key_id"] == str(key.id)


async def test_the_innermost_actor_counts(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    with acting(ActorType.ADMIN, "outer"):
        with acting(ActorType.SERVICE, reason="nightly"):
            await tenant.destination("one")
        await tenant.destination("two")
    told = [(each.actor_type, each.actor_id, each.changes) for each in await trail(tenant)]
    assert told == [(ActorType.SERVICE, None, {"reason": "nightly"}), (ActorType.ADMIN, "outer", {})]


def test_only_a_service_acts_without_an_id() -> None:
    with pytest.raises(ValueInvalid), acting(ActorType.BUILDER):
        pass
