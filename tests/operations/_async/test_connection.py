from __future__ import annotations

from dbkit import AsyncDatabase
from dbkit.types import ConnectionFilter, ConnectionStatus
from tests.operations._async.world import AsyncTenant


async def test_a_live_connection_is_found_by_what_it_connects(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    plain = await tenant.connection("acme")
    spaced = await tenant.connection("acme", workspace="w")
    parts = (tenant.project_id, tenant.provider, plain.group_ref, plain.consumer_ref)
    assert await db.connections.find_live(*parts) == plain
    assert await db.connections.find_live(*parts, "w") == spaced
    assert await db.connections.find_live(*parts, "other") is None
    await db.connections.delete(tenant.project_id, plain.id)
    assert await db.connections.find_live(*parts) is None


async def test_marks_are_set_once_and_a_bad_one_leaves_its_reason(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    connection = await tenant.connection()
    working = await db.connections.mark_working(tenant.project_id, connection.id)
    assert (working.status, working.version) == (ConnectionStatus.WORKING, 2)
    assert await db.connections.mark_working(tenant.project_id, connection.id) == working
    bad = await db.connections.mark_bad_credentials(tenant.project_id, connection.id, "401 from the provider")
    assert (bad.status, bad.version) == (ConnectionStatus.BAD_CREDENTIALS, 3)
    trail = await db.audit_events.trail(tenant.organization_id, "connections", str(connection.id))
    assert [event.changes["reason"] for event in trail] == ["401 from the provider"]
    assert trail.items[0].changes["status"] == ["working", "bad_credentials"]


async def test_consumers_know_their_live_connections(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    one, other = await tenant.connection("acme", "1"), await tenant.connection("acme", "2")
    await tenant.connection("else")
    await db.connections.delete(tenant.project_id, one.id)
    found = db.consumers.connections(tenant.project_id, other.consumer_ref)
    assert [connection async for connection in found] == [other]
    assert await db.connections.count(ConnectionFilter(project_id=tenant.project_id)) == 2
