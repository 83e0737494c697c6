"""Builders, members of teams, invites, and what builders may do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit.types import (
    IllegalTransition,
    InviteStatus,
    NewInvite,
    NewProjectRoleGrant,
    NewTeamMember,
    NotFound,
    ProjectRole,
    TeamRole,
)
from tests.operations._async.world import AsyncTenant


async def test_a_builder_is_known_by_provider_and_by_address(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    builder = await tenant.builder("Ada@Example.com")
    assert await db.builders.get_by_idp("clerk", "Ada@Example.com") == builder
    assert await db.builders.find_by_email("ada@example.COM") == builder
    assert await db.builders.find_by_email("nobody@example.com") is None
    with pytest.raises(NotFound):
        await db.builders.get_by_idp("clerk", "nobody")


async def test_a_builders_organizations_are_those_of_his_teams(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    builder = await tenant.builder("ada@example.com")
    assert await db.builders.organizations(builder.id) == []
    for team_id in (tenant.team_id, (await tenant.team("Core")).id):
        await db.team_members.create(
            NewTeamMember(organization_id=tenant.organization_id, team_id=team_id, builder_id=builder.id)
        )
    assert [each.id for each in await db.builders.organizations(builder.id)] == [tenant.organization_id]


async def test_roles_are_told_team_by_team(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    builder = await tenant.builder("ada@example.com")
    await db.team_members.create(
        NewTeamMember(
            organization_id=tenant.organization_id,
            team_id=tenant.team_id,
            builder_id=builder.id,
            role=TeamRole.OWNER,
        )
    )
    roles = await db.team_members.roles_of(tenant.organization_id, builder.id)
    assert roles == {tenant.team_id: TeamRole.OWNER}


async def test_effective_roles_are_own_ones_and_those_of_teams_and_above(
    db: AsyncDatabase, tenant: AsyncTenant
) -> None:
    builder = await tenant.builder("ada@example.com")
    top = await tenant.team("Top")
    core = await tenant.team("Core", top)
    member = NewTeamMember(organization_id=tenant.organization_id, team_id=core.id, builder_id=builder.id)
    await db.team_members.create(member)
    assert await db.project_role_grants.effective_roles(tenant.project_id, builder.id) == frozenset()
    shared = {"project_id": tenant.project_id, "organization_id": tenant.organization_id}
    await db.project_role_grants.create(NewProjectRoleGrant(**shared, builder_id=builder.id, role=ProjectRole.VIEWER))
    await db.project_role_grants.create(NewProjectRoleGrant(**shared, team_id=top.id, role=ProjectRole.OWNER))
    await db.project_role_grants.create(NewProjectRoleGrant(**shared, team_id=tenant.team_id, role=ProjectRole.EDITOR))
    roles = await db.project_role_grants.effective_roles(tenant.project_id, builder.id)
    assert roles == {ProjectRole.VIEWER, ProjectRole.OWNER}
    await db.teams.delete(tenant.organization_id, core.id)
    assert await db.project_role_grants.effective_roles(tenant.project_id, builder.id) == {ProjectRole.VIEWER}


async def test_an_invite_is_accepted_once(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    builder = await tenant.builder("ada@example.com")
    invite = await db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email="ada@example.com"))
    accepted = await db.invites.accept(tenant.organization_id, invite.id, builder.id)
    assert (accepted.status, accepted.accepted_by_builder_id) == (InviteStatus.ACCEPTED, builder.id)
    await db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email="ADA@example.com"))
    revoked = await db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email="b@example.com"))
    await db.invites.update(tenant.organization_id, revoked.id, status=InviteStatus.REVOKED)
    with pytest.raises(IllegalTransition):
        await db.invites.accept(tenant.organization_id, revoked.id, builder.id)


async def test_due_invites_expire_up_to_the_limit(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    invites = [
        await db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email=f"{n}@example.com"))
        for n in range(3)
    ]
    end = max(invite.expires_at for invite in invites)
    assert await db.invites.expire_due(end - timedelta(days=15), 10) == []
    expired = await db.invites.expire_due(end, 2)
    assert [invite.status for invite in expired] == [InviteStatus.EXPIRED] * 2
    assert [invite.id for invite in expired] == [invite.id for invite in invites[:2]]
    assert [invite.id for invite in await db.invites.expire_due(end, 2)] == [invites[2].id]
