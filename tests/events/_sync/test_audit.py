# Generated from tests/events/_async/test_audit.py by tools/unasync.py; edit that file instead.
"""Who changed what, and why, is stored with the change where somebody has said it."""

from __future__ import annotations

import pytest

from dbkit import Database
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
from tests.operations._sync.world import Tenant


def trail(tenant: Tenant) -> list[AuditEvent]:
    """Return what was recorded, in the order in which it was."""
    wanted = AuditEventFilter(organization_id=tenant.organization_id)
    found = [each for each in tenant.db.audit_events.iterate(wanted)]
    return sorted(found, key=lambda each: each.id)


def test_a_change_says_who_made_it_and_why(db: Database, tenant: Tenant) -> None:
    connection = tenant.connection()
    of = tenant.project_id, connection.id
    assert trail(tenant) == []
    with acting(ActorType.BUILDER, "builder-1", reason="the customer asked"):
        db.connections.update(*of, expected_version=1, status=ConnectionStatus.WORKING, provider_metadata={"realm": 1})
    db.connections.update(*of, expected_version=2, provider_metadata={})
    (told,) = trail(tenant)
    assert (told.actor_type, told.actor_id, told.action) == (ActorType.BUILDER, "builder-1", "update")
    assert (told.project_id, told.entity, told.entity_id) == (tenant.project_id, "connections", str(connection.id))
    assert told.changes == {
        "fields": {"status": "working", "provider_metadata": {"realm": 1}},
        "reason": "the customer asked",
    }


def test_every_way_of_changing_rows_is_recorded(db: Database, tenant: Tenant) -> None:
    with acting(ActorType.API_KEY, "key-1"):
        topic = db.topics.create(NewTopic(project_id=tenant.project_id, name="first"))
        db.topics.create_many([NewTopic(project_id=tenant.project_id, name=name) for name in ("a", "b")])
        db.topics.upsert(topic.model_copy(update={"name": "second"}), on="pk_topics")
        db.topics.delete(tenant.project_id, topic.id)
        destination = tenant.destination()
        db.destinations.delete(tenant.project_id, destination.id)
        db.destinations.restore(tenant.project_id, destination.id)
        db.destinations.purge(tenant.project_id, destination.id)
    told = [(each.entity, each.action) for each in trail(tenant)]
    assert told == [
        *[("topics", action) for action in ("create", "create", "create", "update", "delete")],
        *[("destinations", action) for action in ("create", "delete", "restore", "purge")],
    ]


def test_what_is_undone_or_refused_is_not_recorded(db: Database, tenant: Tenant) -> None:
    connection = tenant.connection()
    of = tenant.project_id, connection.id
    with acting(ActorType.SERVICE):
        with pytest.raises(StaleVersion):
            db.connections.update(*of, expected_version=9, provider_metadata={"realm": 1})
        with pytest.raises(KeyError):
            with db.transaction() as tx:
                tx.connections.delete(*of)
                raise KeyError
    assert trail(tenant) == []


def test_a_secret_is_in_no_record(db: Database, tenant: Tenant) -> None:
    connection, key = tenant.connection(), tenant.key()
    secret = NewConnectionSecret(
        project_id=tenant.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.ACCESS_TOKEN,
        ciphertext=b"\1" + key.id.bytes + b"old" * 20,
        encryption_key_id=key.id,
    )
    with acting(ActorType.SERVICE, "refresher"):
        db.connection_secrets.create(secret)
        db.connection_secrets.replace(secret, expected_version=1)
    created, replaced = trail(tenant)
    assert created.entity_id == replaced.entity_id == f"{connection.id}/access_token"
    fields = replaced.changes["fields"]
    assert isinstance(fields, dict)
    assert fields["ciphertext"] is None
    assert fields["encryption_key_id"] == str(key.id)


def test_the_innermost_actor_counts(db: Database, tenant: Tenant) -> None:
    with acting(ActorType.ADMIN, "outer"):
        with acting(ActorType.SERVICE, reason="nightly"):
            tenant.destination("one")
        tenant.destination("two")
    told = [(each.actor_type, each.actor_id, each.changes) for each in trail(tenant)]
    assert told == [(ActorType.SERVICE, None, {"reason": "nightly"}), (ActorType.ADMIN, "outer", {})]


def test_only_a_service_acts_without_an_id() -> None:
    with pytest.raises(ValueInvalid), acting(ActorType.BUILDER):
        pass
