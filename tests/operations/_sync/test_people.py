# Generated from tests/operations/_async/test_people.py by tools/unasync.py; edit that file instead.
"""Builders, members of teams, invites, and what builders may do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import Database
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
from tests.operations._sync.world import Tenant


def test_a_builder_is_known_by_provider_and_by_address(db: Database, tenant: Tenant) -> None:
    builder = tenant.builder("Ada@Example.com")
    assert db.builders.get_by_idp("clerk", "Ada@Example.com") == builder
    assert db.builders.find_by_email("ada@example.COM") == builder
    assert db.builders.find_by_email("nobody@example.com") is None
    with pytest.raises(NotFound):
        db.builders.get_by_idp("clerk", "nobody")


def test_a_builders_organizations_are_those_of_his_teams(db: Database, tenant: Tenant) -> None:
    builder = tenant.builder("ada@example.com")
    assert db.builders.organizations(builder.id) == []
    for team_id in (tenant.team_id, (tenant.team("Core")).id):
        db.team_members.create(
            NewTeamMember(organization_id=tenant.organization_id, team_id=team_id, builder_id=builder.id)
        )
    assert [each.id for each in db.builders.organizations(builder.id)] == [tenant.organization_id]


def test_roles_are_told_team_by_team(db: Database, tenant: Tenant) -> None:
    builder = tenant.builder("ada@example.com")
    db.team_members.create(
        NewTeamMember(
            organization_id=tenant.organization_id,
            team_id=tenant.team_id,
            builder_id=builder.id,
            role=TeamRole.OWNER,
        )
    )
    roles = db.team_members.roles_of(tenant.organization_id, builder.id)
    assert roles == {tenant.team_id: TeamRole.OWNER}


def test_effective_roles_are_own_ones_and_those_of_teams_and_above(db: Database, tenant: Tenant) -> None:
    builder = tenant.builder("ada@example.com")
    top = tenant.team("Top")
    core = tenant.team("Core", top)
    member = NewTeamMember(organization_id=tenant.organization_id, team_id=core.id, builder_id=builder.id)
    db.team_members.create(member)
    assert db.project_role_grants.effective_roles(tenant.project_id, builder.id) == frozenset()
    shared = {"project_id": tenant.project_id, "organization_id": tenant.organization_id}
    db.project_role_grants.create(NewProjectRoleGrant(**shared, builder_id=builder.id, role=ProjectRole.VIEWER))
    db.project_role_grants.create(NewProjectRoleGrant(**shared, team_id=top.id, role=ProjectRole.OWNER))
    db.project_role_grants.create(NewProjectRoleGrant(**shared, team_id=tenant.team_id, role=ProjectRole.EDITOR))
    roles = db.project_role_grants.effective_roles(tenant.project_id, builder.id)
    assert roles == {ProjectRole.VIEWER, ProjectRole.OWNER}
    db.teams.delete(tenant.organization_id, core.id)
    assert db.project_role_grants.effective_roles(tenant.project_id, builder.id) == {ProjectRole.VIEWER}


def test_an_invite_is_accepted_once(db: Database, tenant: Tenant) -> None:
    builder = tenant.builder("ada@example.com")
    invite = db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email="ada@example.com"))
    accepted = db.invites.accept(tenant.organization_id, invite.id, builder.id)
    assert (accepted.status, accepted.accepted_by_builder_id) == (InviteStatus.ACCEPTED, builder.id)
    db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email="ADA@example.com"))
    revoked = db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email="b@example.com"))
    db.invites.update(tenant.organization_id, revoked.id, status=InviteStatus.REVOKED)
    with pytest.raises(IllegalTransition):
        db.invites.accept(tenant.organization_id, revoked.id, builder.id)


def test_due_invites_expire_up_to_the_limit(db: Database, tenant: Tenant) -> None:
    invites = [
        db.invites.create(NewInvite(organization_id=tenant.organization_id, invited_email=f"{n}@example.com"))
        for n in range(3)
    ]
    end = max(invite.expires_at for invite in invites)
    assert db.invites.expire_due(end - timedelta(days=15), 10) == []
    expired = db.invites.expire_due(end, 2)
    assert [invite.status for invite in expired] == [InviteStatus.EXPIRED] * 2
    assert [invite.id for invite in expired] == [invite.id for invite in invites[:2]]
    assert [invite.id for invite in db.invites.expire_due(end, 2)] == [invites[2].id]
