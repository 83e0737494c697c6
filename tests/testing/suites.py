"""Suites of others, as the tests of the plugin write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., pytest.RunResult]

# The plugins by the names of their entry points.
PLUGINS = ("-p", "dbkit", "-p", "asyncio", "-p", "no:cacheprovider", "--assert=plain")

INI = """
[pytest]
addopts = --strict-markers
asyncio_default_fixture_loop_scope = function
filterwarnings = error
"""

HEADER = """
import asyncio, contextlib, os
import dbkit, pytest
from sqlalchemy import text
from dbkit.types import NewOrganization, NewTeam, ReferenceMissing, TeamId, uuid7

def new_organization():
    return NewOrganization(label="Acme", default_team_id=TeamId(uuid7()))

def fill(db):
    new = new_organization()
    with db.transaction() as tx:
        stored = tx.organizations.create(new)
        tx.teams.create(NewTeam(organization_id=stored.id, id=new.default_team_id, name="Everybody"))
    return stored

async def fill_async(db):
    new = new_organization()
    async with db.transaction() as tx:
        stored = await tx.organizations.create(new)
        await tx.teams.create(NewTeam(organization_id=stored.id, id=new.default_team_id, name="Everybody"))
    return stored

def kind(db):
    return "memory" if "memory" in repr(db) else "postgres"
"""
