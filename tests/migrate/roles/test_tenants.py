"""Which rows people see: those of the tenants that their session names. Nobody else is held back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, InvalidTextRepresentation
from sqlalchemy import Column, DateTime, MetaData, Table

import dbkit
from dbkit.migrate import bookkeeping
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.roles.audit import Audit, apply_roles
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.grants import Entities
from dbkit.migrate.roles.tenants import Tenancy
from dbkit.models import ENTITIES
from dbkit.models.entity import Entity
from dbkit.seeds import load, small_world
from dbkit.types import UsageEvent
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.usage_event import NewUsageEvent, UsageEventFilter
from tests.migrate.roles.logins import LogIn, as_role
from tests.migrate.runs import Connection
from widget_service.models import ENTITIES as SHOP_ENTITIES

pytestmark = pytest.mark.dbkit(isolation="clone")

Auditing = Callable[[], Audit]

PLANTED = {
    "DROP POLICY dbkit_tenants ON teams": ["teams has no policy dbkit_tenants"],
    "ALTER POLICY dbkit_tenants ON teams USING (true)": ["the policy dbkit_tenants of teams is another one"],
    "ALTER POLICY dbkit_tenants ON teams TO {p}_reader": ["the policy dbkit_tenants of teams is another one"],
    "ALTER POLICY dbkit_everybody ON teams USING (false)": ["the policy dbkit_everybody of teams is another one"],
    "ALTER TABLE operation_logs DISABLE ROW LEVEL SECURITY": ["row-level security of operation_logs is off"],
    "GRANT SELECT ON leases TO {p}_people": ["{p}_people has SELECT on leases"],
    "CREATE POLICY dbkit_everybody ON leases USING (true)": ["leases has the policy dbkit_everybody"],
    "CREATE POLICY dbkit_tenants ON leases USING (true); ALTER TABLE leases ENABLE ROW LEVEL SECURITY": [
        "row-level security of leases is on",
        "leases has the policy dbkit_tenants",
    ],
    "CREATE POLICY own ON teams USING (true)": [
        "teams has the policy dbkit_everybody",
        "teams has the policy dbkit_tenants",
    ],
    "ALTER ROLE {p}_api NOBYPASSRLS": ["{p}_api does not pass by policies"],
    "ALTER ROLE {p}_people BYPASSRLS": ["{p}_people has BYPASSRLS"],
}


@pytest.fixture
def world(postgres_url: str, applied: Audit) -> Audit:
    """Rows of two organizations, stored as a service, and the roles."""
    assert applied.differences == ()
    with dbkit.connect(as_role(postgres_url, f"{applied.roles[0].removesuffix('_service')}_api")) as database:
        load(database, small_world())
    return applied


def of_projects(projects: str) -> dict[str, str]:
    """Return which rows belong to some projects, written in another way than the policies are."""
    return {
        entity.name: f"project_id IN ({projects})"
        for entity in ENTITIES
        if "project_id" in entity.table.columns and entity.name != "projects"
    }


def of_organization(organization: str) -> dict[str, str]:
    """Return which rows belong to an organization."""
    of_it = f"organization_id = '{organization}'"
    rows = of_projects(f"SELECT p.id FROM projects p WHERE p.{of_it}")
    rows |= {entity.name: of_it for entity in ENTITIES if entity.tenant == "organization_id"}
    return rows | {
        "organizations": f"id = '{organization}'",
        "usage_events": of_it,
        "builders": f"id IN (SELECT builder_id FROM team_members WHERE {of_it} UNION SELECT builder_id FROM"
        f" project_role_grants WHERE {of_it} UNION SELECT accepted_by_builder_id FROM invites WHERE {of_it} UNION"
        f" SELECT claimed_by_builder_id FROM claimed_domains WHERE {of_it})",
    }


def seen(connection: Connection, tables: dict[str, str]) -> dict[str, int]:
    """Count the rows of tables for which a condition holds."""
    counts = {}
    for table, condition in tables.items():
        found = connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}".encode()).fetchone()
        assert found is not None
        counts[table] = found[0]
    return counts


def test_without_a_tenant_people_see_nothing(world: Audit, cast: Cast, log_in: LogIn, superuser: Connection) -> None:
    tables = dict.fromkeys(world.seen, "true")
    assert len(tables) > 25
    assert sum(seen(superuser, tables).values()) > 50
    people = log_in(cast.people)
    assert set(seen(people, tables).values()) == {0}
    # What a setting is after it was reset.
    people.execute("SET dbkit.project_ids = ''; SET dbkit.organization_ids = ''")
    assert set(seen(people, tables).values()) == {0}


def test_people_see_the_organizations_that_they_name(
    world: Audit, cast: Cast, log_in: LogIn, superuser: Connection
) -> None:
    people = log_in(cast.people)
    organizations = [str(id) for (id,) in superuser.execute("SELECT id FROM organizations").fetchall()]
    assert len(organizations) > 1
    for organization in organizations:
        people.execute("SELECT set_config('dbkit.organization_ids', %s, false)", (organization,))
        own = {name: rows for name, rows in of_organization(organization).items() if name in world.seen}
        assert seen(people, dict.fromkeys(own, "true")) == seen(superuser, own)
    people.execute("SELECT set_config('dbkit.organization_ids', %s, false)", (",".join(organizations),))
    everything = dict.fromkeys(set(world.seen) - {"builders", "providers"}, "true")
    assert seen(people, everything) == seen(superuser, everything)


def test_people_see_the_projects_that_they_name(world: Audit, cast: Cast, log_in: LogIn, superuser: Connection) -> None:
    people = log_in(cast.people)
    for (project,) in superuser.execute("SELECT id FROM projects").fetchall():
        people.execute("SELECT set_config('dbkit.project_ids', %s, false)", (str(project),))
        own = {name: rows for name, rows in of_projects(f"'{project}'").items() if name in world.seen}
        own |= {"projects": f"id = '{project}'", "organizations": "false", "teams": "false"}
        own |= {"providers": f"slug IN (SELECT provider FROM connections WHERE project_id = '{project}' UNION"}
        own["providers"] += f" SELECT provider FROM integrations WHERE project_id = '{project}')"
        assert seen(people, dict.fromkeys(own, "true")) == seen(superuser, own)


def test_nobody_else_is_held_back(
    world: Audit, cast: Cast, log_in: LogIn, superuser: Connection, postgres_url: str
) -> None:
    tables = dict.fromkeys(set(world.wanted) - set(bookkeeping.TABLES), "true")
    all_rows = seen(superuser, tables)
    # One that was made by hand, and does not pass by policies.
    superuser.execute(f'CREATE ROLE "{cast.prefix}_guest" LOGIN'.encode())
    try:
        superuser.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "{cast.prefix}_guest"'.encode())
        for role in (cast.migrator, cast.reader, f"{cast.prefix}_api", f"{cast.prefix}_guest"):
            assert seen(log_in(role), tables) == all_rows
    finally:
        superuser.execute(f'DROP OWNED BY "{cast.prefix}_guest"; DROP ROLE "{cast.prefix}_guest"'.encode())


def test_people_find_no_way_around(world: Audit, cast: Cast, log_in: LogIn) -> None:
    people = log_in(cast.people)
    people.execute("SET row_security = off")
    with pytest.raises(InsufficientPrivilege):
        people.execute("SELECT FROM teams")
    people.execute("SET row_security = on")
    # A partition is behind no policy, and so nothing of it is granted.
    with pytest.raises(InsufficientPrivilege):
        people.execute("SELECT FROM operation_logs_default")
    # What ANALYZE has taken samples of.
    assert people.execute("SELECT FROM pg_stats WHERE tablename = 'teams'").fetchall() == []
    # A function of one's own that is cheap would else be asked first, about each row.
    people.execute("SET default_transaction_read_only = off")
    with pytest.raises(InsufficientPrivilege):
        people.execute("CREATE FUNCTION pg_temp.told(text) RETURNS bool LANGUAGE sql COST 0.1 AS 'SELECT true'")
    with pytest.raises(InvalidTextRepresentation):
        people.execute("SET dbkit.organization_ids = 'mine'; SELECT FROM teams")


@pytest.mark.usefixtures("applied")
def test_each_difference_of_policies_is_told_and_mended(
    audit: Auditing, cast: Cast, superuser: Connection, postgres_url: str, entities: Entities
) -> None:
    for planted, says in PLANTED.items():
        superuser.execute(planted.format(p=cast.prefix).encode())
        found = audit()
        assert sorted(each.what for each in found.differences) == sorted(each.format(p=cast.prefix) for each in says)
        mended = apply_roles(postgres_url, cast, entities)
        assert (planted, mended.mended, mended.differences) == (planted, found.differences, ())
        superuser.execute("DROP POLICY IF EXISTS own ON teams")
        apply_roles(postgres_url, cast, entities)


@pytest.mark.parametrize(
    "is_behind",
    [
        pytest.param(True, marks=pytest.mark.dbkit(schema=slug), id=slug)
        for slug in ("create_organizations_and_projects", "create_builders_and_memberships", "create_read_states")
    ],
)
def test_a_database_behind_the_models(
    postgres_url: str, is_behind: bool, cast: Cast, entities: Entities, log_in: LogIn
) -> None:
    """What its tables do not have yet is left out of their policies: people see less, and nobody more."""
    done = apply_roles(postgres_url, cast, entities)
    assert (done.differences, len(done.seen) < 30) == ((), is_behind)
    assert set(seen(log_in(cast.people), dict.fromkeys(done.seen, "true")).values()) == {0}


@pytest.mark.usefixtures("applied")
def test_policies_of_others_stay_as_they_are(
    superuser: Connection, postgres_url: str, cast: Cast, entities: Entities, audit: Auditing
) -> None:
    superuser.execute("CREATE POLICY own ON teams USING (false)")
    apply_roles(postgres_url, cast, entities)
    policies = (
        "SELECT polname, relrowsecurity FROM pg_policy JOIN pg_class c ON c.oid = polrelid WHERE relname = 'teams'"
    )
    assert superuser.execute(policies).fetchall() == [("own", True)]
    found = audit()
    assert found.differences == ()
    assert found.unguarded == {"teams"}


def test_every_tenant_for_those_who_say_so(
    postgres_url: str, cast: Cast, entities: Entities, world: Audit, log_in: LogIn, superuser: Connection
) -> None:
    done = apply_roles(postgres_url, replace(cast, every_tenant=True), entities)
    assert done.differences == ()
    assert (done.seen, done.unguarded) == ({}, frozenset())
    tables = dict.fromkeys(world.seen, "true")
    assert seen(log_in(cast.people), tables) == seen(superuser, tables)
    assert superuser.execute("SELECT FROM pg_policy").fetchall() == []
    assert superuser.execute("SELECT FROM pg_class WHERE relrowsecurity").fetchall() == []


def test_policies_are_no_matter_of_the_line(
    postgres_url: str, cast: Cast, entities: Entities, superuser: Connection
) -> None:
    before = Catalog.read(superuser)
    apply_roles(postgres_url, cast, entities)
    assert Catalog.read(superuser).compare(before) == []
    superuser.execute("CREATE POLICY own ON leases USING (true); ALTER TABLE leases ENABLE ROW LEVEL SECURITY")
    assert [each.name for each in before.compare(Catalog.read(superuser))] == ["policy leases.own", "table leases"]


def test_a_service_that_policies_would_stop_is_told(
    applied: Audit, audit: Auditing, cast: Cast, superuser: Connection, postgres_url: str, entities: Entities
) -> None:
    """COPY into a table with policies is refused to those who do not pass by them."""
    assert applied.differences == ()
    name = f"{cast.prefix}_cloud"
    superuser.execute(f'CREATE ROLE "{name}" LOGIN IN ROLE "{cast.service}"'.encode())
    try:
        (found,) = audit().differences
        assert found.what == f"{name}, a member of {cast.service}, does not pass by policies"
        with psycopg.connect(as_role(postgres_url, name), autocommit=True) as service:
            with pytest.raises(psycopg.errors.FeatureNotSupported, match="COPY FROM"), service.cursor() as cursor:
                cursor.execute("COPY teams FROM STDIN")
            apply_roles(postgres_url, cast, entities)
            with service.cursor() as cursor, cursor.copy("COPY teams FROM STDIN"):
                pass
    finally:
        superuser.execute(f'DROP ROLE "{name}"'.encode())


def test_tenants_of_other_entities() -> None:
    tenancy = Tenancy(SHOP_ENTITIES)
    assert tenancy.settings == ("dbkit.stores",)
    assert {table: sight.words for table, sight in tenancy.sights.items()} == {
        "stores": "slug",
        **dict.fromkeys(("widgets", "parts", "movements", "readings"), "store"),
    }


def test_a_tenant_that_policies_cannot_name() -> None:
    table = Table("usage_events", MetaData(), Column("project_id", DateTime, primary_key=True))
    model = type("Model", (), {"__table__": table})
    entity = Entity(model, new=NewUsageEvent, value=UsageEvent, filter=UsageEventFilter)
    with pytest.raises(ConfigurationInvalid, match="project_id names a tenant"):
        assert Tenancy([entity]).sights
