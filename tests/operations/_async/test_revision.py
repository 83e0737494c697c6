from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.types import IntegrationId, NotFound, uuid7
from tests.operations._async.world import AsyncTenant


async def test_append_numbers_from_one_and_moves_the_pointer(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    integration = await tenant.integration()
    first = await db.revisions.append(tenant.project_id, integration.id, {"read": {}})
    second = await db.revisions.append(tenant.project_id, integration.id, {"write": {}}, spec_version="1.1.0")
    assert (first.number, second.number, second.spec_version) == (1, 2, "1.1.0")
    assert (await db.integrations.get(tenant.project_id, integration.id)).latest_revision_id == second.id
    assert await db.revisions.latest(tenant.project_id, integration.id) == second


async def test_append_in_a_transaction_is_undone_with_it(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    integration = await tenant.integration()
    with pytest.raises(RuntimeError, match="stop"):
        async with db.transaction() as tx:
            await tx.revisions.append(tenant.project_id, integration.id, {})
            raise RuntimeError("stop")
    assert await db.revisions.latest(tenant.project_id, integration.id) is None
    assert await db.integrations.get(tenant.project_id, integration.id) == integration


async def test_append_to_an_absent_integration_is_not_found(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    with pytest.raises(NotFound) as raised:
        await db.revisions.append(tenant.project_id, IntegrationId(uuid7()), {})
    assert raised.value.entity == "integrations"


async def test_numbers_of_integrations_are_their_own(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    one, other = await tenant.integration("one"), await tenant.integration("other")
    await db.revisions.append(tenant.project_id, one.id, {})
    assert (await db.revisions.append(tenant.project_id, other.id, {})).number == 1
