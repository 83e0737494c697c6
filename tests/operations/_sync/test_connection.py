# Generated from tests/operations/_async/test_connection.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from dbkit import Database
from dbkit.types import ConnectionFilter, ConnectionStatus
from tests.operations._sync.world import Tenant


def test_a_live_connection_is_found_by_what_it_connects(db: Database, tenant: Tenant) -> None:
    plain = tenant.connection("acme")
    spaced = tenant.connection("acme", workspace="w")
    parts = (tenant.project_id, tenant.provider, plain.group_ref, plain.consumer_ref)
    assert db.connections.find_live(*parts) == plain
    assert db.connections.find_live(*parts, "w") == spaced
    assert db.connections.find_live(*parts, "other") is None
    db.connections.delete(tenant.project_id, plain.id)
    assert db.connections.find_live(*parts) is None


def test_marks_are_set_once_and_a_bad_one_leaves_its_reason(db: Database, tenant: Tenant) -> None:
    connection = tenant.connection()
    working = db.connections.mark_working(tenant.project_id, connection.id)
    assert (working.status, working.version) == (ConnectionStatus.WORKING, 2)
    assert db.connections.mark_working(tenant.project_id, connection.id) == working
    bad = db.connections.mark_bad_credentials(tenant.project_id, connection.id, "401 from the provider")
    assert (bad.status, bad.version) == (ConnectionStatus.BAD_CREDENTIALS, 3)
    trail = db.audit_events.trail(tenant.organization_id, "connections", str(connection.id))
    assert [event.changes["reason"] for event in trail] == ["401 from the provider"]
    assert trail.items[0].changes["status"] == ["working", "bad_credentials"]


def test_consumers_know_their_live_connections(db: Database, tenant: Tenant) -> None:
    one, other = tenant.connection("acme", "1"), tenant.connection("acme", "2")
    tenant.connection("else")
    db.connections.delete(tenant.project_id, one.id)
    found = db.consumers.connections(tenant.project_id, other.consumer_ref)
    assert [connection for connection in found] == [other]
    assert db.connections.count(ConnectionFilter(project_id=tenant.project_id)) == 2
