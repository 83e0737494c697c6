# Generated from tests/operations/_async/test_organization.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database
from dbkit.types import NewOrganization, NewTeam, NotFound, OrganizationId, ReferenceMissing, TeamId, uuid7
from tests.operations._sync.world import Tenant


def test_an_organization_and_its_default_team_come_together(db: Database) -> None:
    organization_id = OrganizationId(uuid7())
    team = NewTeam(organization_id=organization_id, name="Everyone")
    organization = NewOrganization(id=organization_id, label="Acme", default_team_id=team.id)
    created = db.organizations.create_with_default_team(organization, team)
    assert created == db.organizations.get(organization_id)
    assert (db.teams.get(organization_id, team.id)).name == "Everyone"


def test_an_organization_that_names_another_team_is_refused_whole(db: Database) -> None:
    organization_id = OrganizationId(uuid7())
    team = NewTeam(organization_id=organization_id, name="Everyone")
    organization = NewOrganization(id=organization_id, label="Acme", default_team_id=TeamId(uuid7()))
    with pytest.raises(ReferenceMissing):
        db.organizations.create_with_default_team(organization, team)
    assert db.organizations.find(organization_id) is None


def test_the_default_team_moves_to_a_live_one_only(db: Database, tenant: Tenant) -> None:
    team = tenant.team("Core")
    moved = db.organizations.move_default_team(tenant.organization_id, team.id)
    assert (moved.default_team_id, moved.version) == (team.id, 2)
    db.teams.delete(tenant.organization_id, tenant.team_id)
    with pytest.raises(NotFound) as raised:
        db.organizations.move_default_team(tenant.organization_id, tenant.team_id)
    assert raised.value.entity == "teams"
