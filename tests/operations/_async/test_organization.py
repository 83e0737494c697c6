from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.types import NewOrganization, NewTeam, NotFound, OrganizationId, ReferenceMissing, TeamId, uuid7
from tests.operations._async.world import AsyncTenant


async def test_an_organization_and_its_default_team_come_together(db: AsyncDatabase) -> None:
    organization_id = OrganizationId(uuid7())
    team = NewTeam(organization_id=organization_id, name="Everyone")
    organization = NewOrganization(id=organization_id, label="Acme", default_team_id=team.id)
    created = await db.organizations.create_with_default_team(organization, team)
    assert created == await db.organizations.get(organization_id)
    assert (await db.teams.get(organization_id, team.id)).name == "Everyone"


async def test_an_organization_that_names_another_team_is_refused_whole(db: AsyncDatabase) -> None:
    organization_id = OrganizationId(uuid7())
    team = NewTeam(organization_id=organization_id, name="Everyone")
    organization = NewOrganization(id=organization_id, label="Acme", default_team_id=TeamId(uuid7()))
    with pytest.raises(ReferenceMissing):
        await db.organizations.create_with_default_team(organization, team)
    assert await db.organizations.find(organization_id) is None


async def test_the_default_team_moves_to_a_live_one_only(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    team = await tenant.team("Core")
    moved = await db.organizations.move_default_team(tenant.organization_id, team.id)
    assert (moved.default_team_id, moved.version) == (team.id, 2)
    await db.teams.delete(tenant.organization_id, tenant.team_id)
    with pytest.raises(NotFound) as raised:
        await db.organizations.move_default_team(tenant.organization_id, tenant.team_id)
    assert raised.value.entity == "teams"
