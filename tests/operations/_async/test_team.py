from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.types import NotFound, TeamId, ValueInvalid, uuid7
from tests.operations._async.world import AsyncTenant


async def test_ancestors_come_nearest_first_and_descendants_level_by_level(
    db: AsyncDatabase, tenant: AsyncTenant
) -> None:
    top = await tenant.team("Top")
    left, right = await tenant.team("Left", top), await tenant.team("Right", top)
    below = await tenant.team("Below", right)
    assert await db.teams.ancestors(tenant.organization_id, below.id) == [right, top]
    assert await db.teams.ancestors(tenant.organization_id, top.id) == []
    assert await db.teams.descendants(tenant.organization_id, top.id) == [left, right, below]
    assert await db.teams.descendants(tenant.organization_id, below.id) == []


async def test_deleted_teams_are_no_part_of_the_tree(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    top = await tenant.team("Top")
    middle = await tenant.team("Middle", top)
    below = await tenant.team("Below", middle)
    await db.teams.delete(tenant.organization_id, middle.id)
    assert await db.teams.ancestors(tenant.organization_id, below.id) == []
    assert await db.teams.descendants(tenant.organization_id, top.id) == []


async def test_a_loop_is_refused(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    one = await tenant.team("One")
    other = await tenant.team("Other", one)
    await db.teams.update(tenant.organization_id, one.id, parent_team_id=other.id)
    with pytest.raises(ValueInvalid, match="loop"):
        await db.teams.ancestors(tenant.organization_id, one.id)
    with pytest.raises(ValueInvalid, match="loop"):
        await db.teams.descendants(tenant.organization_id, one.id)


async def test_a_tree_of_32_above_is_not_too_deep(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    team = top = await tenant.team("0")
    for number in range(32):
        team = await tenant.team(str(number + 1), team)
    assert len(await db.teams.ancestors(tenant.organization_id, team.id)) == 32
    assert len(await db.teams.descendants(tenant.organization_id, top.id)) == 32
    deeper = await tenant.team("33", team)
    with pytest.raises(ValueInvalid):
        await db.teams.ancestors(tenant.organization_id, deeper.id)


async def test_the_tree_of_an_absent_team_is_not_found(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    absent = TeamId(uuid7())
    with pytest.raises(NotFound):
        await db.teams.ancestors(tenant.organization_id, absent)
    with pytest.raises(NotFound):
        await db.teams.descendants(tenant.organization_id, absent)
