# Generated from tests/operations/_async/test_project.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database
from dbkit.types import NewProject, NotFound, OrganizationId, uuid7
from tests.operations._sync.world import Tenant


def test_a_project_is_found_by_id_and_by_name_whatever_its_case(db: Database, tenant: Tenant) -> None:
    project = db.projects.get(tenant.project_id)
    assert db.projects.get_by_id_or_name(tenant.organization_id, project.id) == project
    assert db.projects.get_by_id_or_name(tenant.organization_id, str(project.id)) == project
    assert db.projects.get_by_id_or_name(tenant.organization_id, "DEMO") == project


def test_a_name_that_reads_as_an_id_is_found_too(db: Database, tenant: Tenant) -> None:
    name = str(uuid7())
    project = db.projects.create(NewProject(organization_id=tenant.organization_id, name=name))
    assert db.projects.get_by_id_or_name(tenant.organization_id, name) == project


def test_another_organizations_project_is_not_found(db: Database, tenant: Tenant) -> None:
    for given in (tenant.project_id, "demo"):
        with pytest.raises(NotFound):
            db.projects.get_by_id_or_name(OrganizationId(uuid7()), given)
