# Generated from tests/operations/_async/test_team.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database
from dbkit.types import NotFound, TeamId, ValueInvalid, uuid7
from tests.operations._sync.world import Tenant


def test_ancestors_come_nearest_first_and_descendants_level_by_level(db: Database, tenant: Tenant) -> None:
    top = tenant.team("Top")
    left, right = tenant.team("Left", top), tenant.team("Right", top)
    below = tenant.team("Below", right)
    assert db.teams.ancestors(tenant.organization_id, below.id) == [right, top]
    assert db.teams.ancestors(tenant.organization_id, top.id) == []
    assert db.teams.descendants(tenant.organization_id, top.id) == [left, right, below]
    assert db.teams.descendants(tenant.organization_id, below.id) == []


def test_deleted_teams_are_no_part_of_the_tree(db: Database, tenant: Tenant) -> None:
    top = tenant.team("Top")
    middle = tenant.team("Middle", top)
    below = tenant.team("Below", middle)
    db.teams.delete(tenant.organization_id, middle.id)
    assert db.teams.ancestors(tenant.organization_id, below.id) == []
    assert db.teams.descendants(tenant.organization_id, top.id) == []


def test_a_loop_is_refused(db: Database, tenant: Tenant) -> None:
    one = tenant.team("One")
    other = tenant.team("Other", one)
    db.teams.update(tenant.organization_id, one.id, parent_team_id=other.id)
    with pytest.raises(ValueInvalid, match="loop"):
        db.teams.ancestors(tenant.organization_id, one.id)
    with pytest.raises(ValueInvalid, match="loop"):
        db.teams.descendants(tenant.organization_id, one.id)


def test_a_tree_of_32_above_is_not_too_deep(db: Database, tenant: Tenant) -> None:
    team = top = tenant.team("0")
    for number in range(32):
        team = tenant.team(str(number + 1), team)
    assert len(db.teams.ancestors(tenant.organization_id, team.id)) == 32
    assert len(db.teams.descendants(tenant.organization_id, top.id)) == 32
    deeper = tenant.team("33", team)
    with pytest.raises(ValueInvalid):
        db.teams.ancestors(tenant.organization_id, deeper.id)


def test_the_tree_of_an_absent_team_is_not_found(db: Database, tenant: Tenant) -> None:
    absent = TeamId(uuid7())
    with pytest.raises(NotFound):
        db.teams.ancestors(tenant.organization_id, absent)
    with pytest.raises(NotFound):
        db.teams.descendants(tenant.organization_id, absent)
