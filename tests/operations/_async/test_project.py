from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.types import NewProject, NotFound, OrganizationId, uuid7
from tests.operations._async.world import AsyncTenant


async def test_a_project_is_found_by_id_and_by_name_whatever_its_case(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    project = await db.projects.get(tenant.project_id)
    assert await db.projects.get_by_id_or_name(tenant.organization_id, project.id) == project
    assert await db.projects.get_by_id_or_name(tenant.organization_id, str(project.id)) == project
    assert await db.projects.get_by_id_or_name(tenant.organization_id, "DEMO") == project


async def test_a_name_that_reads_as_an_id_is_found_too(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    name = str(uuid7())
    project = await db.projects.create(NewProject(organization_id=tenant.organization_id, name=name))
    assert await db.projects.get_by_id_or_name(tenant.organization_id, name) == project


async def test_another_organizations_project_is_not_found(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    for given in (tenant.project_id, "demo"):
        with pytest.raises(NotFound):
            await db.projects.get_by_id_or_name(OrganizationId(uuid7()), given)
