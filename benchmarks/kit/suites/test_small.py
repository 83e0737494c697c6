"""A thousand small tests: a transaction over two tables, a read, and that nobody else's rows are there."""

from __future__ import annotations

import pytest

import dbkit
from dbkit.types import NewOrganization, NewTeam, TeamId, uuid7


@pytest.mark.parametrize("number", range(1_000))
def test_small(db: dbkit.Database, number: int) -> None:
    team_id = TeamId(uuid7())
    with db.transaction() as tx:
        organization = tx.organizations.create(NewOrganization(label=f"{number}", default_team_id=team_id))
        tx.teams.create(NewTeam(organization_id=organization.id, id=team_id, name="Everybody"))
    assert db.organizations.get(organization.id).label == f"{number}"
    assert db.organizations.count() == 1
