"""What differs is told with what mends it, and applying mends all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.migrate import bookkeeping
from dbkit.migrate.roles.audit import Audit, apply_roles, audit_roles
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.grants import Entities
from dbkit.migrate.runner import apply
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid, LockNotAvailable, PermissionDenied
from tests.fix_server import database_url
from tests.migrate.roles.logins import LogIn, as_role, nothing_left_to
from tests.migrate.runs import Connection

pytestmark = pytest.mark.dbkit(isolation="clone")

Auditing = Callable[[], Audit]

PLANTED = {
    "GRANT UPDATE ON audit_events TO {p}_service": "{p}_service has UPDATE on audit_events",
    "GRANT UPDATE (action) ON audit_events TO {p}_service": "{p}_service has UPDATE on audit_events.action",
    "GRANT TRUNCATE, DELETE ON audit_events TO PUBLIC": "everybody has TRUNCATE, DELETE on audit_events",
    "GRANT UPDATE ON operation_logs_default TO {p}_api": "{p}_api has UPDATE on operation_logs_default",
    "REVOKE INSERT, UPDATE ON teams FROM {p}_service": "{p}_service lacks INSERT, UPDATE on teams",
    "REVOKE SELECT ON teams FROM {p}_reader": "{p}_reader lacks SELECT on teams",
    "GRANT SELECT ON api_keys TO {p}_people": "{p}_people has SELECT on api_keys",
    "GRANT CREATE ON SCHEMA public TO PUBLIC": "everybody has CREATE on the schema public",
    "GRANT TEMPORARY ON DATABASE {d} TO PUBLIC": "everybody has TEMPORARY on the database {d}",
    "REVOKE CONNECT ON DATABASE {d} FROM {p}_people": "{p}_people lacks CONNECT on the database {d}",
    "REVOKE USAGE ON SCHEMA public FROM {p}_reader": "{p}_reader lacks USAGE on the schema public",
    "ALTER TABLE teams OWNER TO CURRENT_USER": "TABLE public.teams belongs to {me}",
    "CREATE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1'": (
        "ROUTINE public.f(a integer, b text) belongs to {me}"
    ),
    "CREATE TYPE mood AS ENUM ('good')": "TYPE public.mood belongs to {me}",
    "CREATE SEQUENCE numbers": "SEQUENCE public.numbers belongs to {me}",
    "CREATE VIEW names AS SELECT name FROM teams": "VIEW public.names belongs to {me}",
    "ALTER ROLE {p}_owner LOGIN": "{p}_owner may log in",
    "ALTER ROLE {p}_reader NOLOGIN": "{p}_reader may not log in",
    "ALTER ROLE {p}_api CREATEROLE REPLICATION": "{p}_api has CREATEROLE, REPLICATION",
    "ALTER ROLE {p}_people CONNECTION LIMIT -1": "{p}_people may have any number of connections, and is to have 10",
    "ALTER ROLE {p}_people CONNECTION LIMIT 9": "{p}_people may have 9 connections, and is to have 10",
    "GRANT {p}_owner TO {p}_api": "{p}_api is a member of {p}_owner",
    "GRANT pg_write_all_data TO {p}_reader": "{p}_reader is a member of pg_write_all_data",
    "REVOKE {p}_service FROM {p}_api": "{p}_api is no member of {p}_service",
    "ALTER ROLE {p}_migrator IN DATABASE {d} RESET role": "role of {p}_migrator is not set",
    "ALTER ROLE {p}_people IN DATABASE {d} SET statement_timeout TO '0'": "statement_timeout of {p}_people is 0",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {p}_owner IN SCHEMA public GRANT UPDATE ON TABLES TO {p}_service": (
        "{p}_service has UPDATE on new tables"
    ),
    "ALTER DEFAULT PRIVILEGES FOR ROLE {p}_owner IN SCHEMA public REVOKE SELECT ON TABLES FROM {p}_reader": (
        "{p}_reader lacks SELECT on new tables"
    ),
}


def test_before_and_after(audit: Auditing, postgres_url: str, cast: Cast, entities: Entities) -> None:
    before = audit()
    assert f"there is no role {cast.owner}" in {each.what for each in before.differences}
    first = apply_roles(postgres_url, cast, entities)
    assert (first.differences, {*before.differences} <= {*first.mended}) == ((), True)
    again = apply_roles(postgres_url, cast, entities)
    assert (again.differences, again.mended) == ((), ())
    assert audit().differences == ()


@pytest.mark.usefixtures("applied")
def test_each_difference_is_told_and_mended_by_its_statement(
    audit: Auditing, cast: Cast, superuser: Connection, postgres_url: str, entities: Entities
) -> None:
    (database, me) = superuser.execute("SELECT current_database(), current_user").fetchone() or ("", "")
    for planted, says in PLANTED.items():
        superuser.execute(planted.format(p=cast.prefix, d=database).encode())
        (found,) = audit().differences
        assert found.what == says.format(p=cast.prefix, d=database, me=me)
        superuser.execute(found.statement.encode())
        assert audit().differences == ()
    for planted in PLANTED:
        if not planted.startswith("CREATE"):
            superuser.execute(planted.format(p=cast.prefix, d=database).encode())
    assert apply_roles(postgres_url, cast, entities).differences == ()


@pytest.mark.usefixtures("applied")
def test_tables_of_others_keep_their_grants(audit: Auditing, cast: Cast, superuser: Connection) -> None:
    superuser.execute(f"SET ROLE {cast.owner}; CREATE TABLE toys (id int); GRANT ALL ON toys TO {cast.people}".encode())
    found = audit()
    assert found.differences == ()
    assert "toys" not in found.wanted
    assert {"INSERT", "SELECT"} == set(found.held["toys"][cast.service])
    assert "DELETE" in found.held["toys"][cast.people]


@pytest.mark.dbkit(schema="empty", isolation="clone")
def test_a_line_is_applied_as_the_migrator(
    postgres_url: str, cast: Cast, entities: Entities, superuser: Connection, log_in: LogIn
) -> None:
    assert apply_roles(postgres_url, cast, entities).differences == ()
    apply(as_role(postgres_url, cast.migrator))
    owners = superuser.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert owners == [(cast.owner,)]
    service = log_in(f"{cast.prefix}_api")
    new = "INSERT INTO providers (slug, display_name, base_url) VALUES ('a', '', '')"
    # A new table may be read and appended to at once, and the rest comes with its verbs.
    service.execute(new)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute("UPDATE providers SET display_name = 'A'")
    done = apply_roles(postgres_url, cast, entities)
    assert done.differences == ()
    assert not [each for each in done.mended if " OWNER TO " in each.statement]
    service.execute("UPDATE providers SET display_name = 'A'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute("UPDATE audit_events SET action = ''")


@pytest.mark.usefixtures("applied")
def test_new_partitions_are_as_they_are_to_be(audit: Auditing, cast: Cast, postgres_url: str) -> None:
    with dbkit.connect(as_role(postgres_url, cast.migrator)) as database:
        database.operation_logs.ensure_partitions(2)
    found = audit()
    assert found.differences == ()
    assert len([name for name in found.wanted if name.startswith("operation_logs_")]) >= 3


def test_the_runners_own_tables(postgres_url: str, cast: Cast, entities: Entities, superuser: Connection) -> None:
    bookkeeping.ensure(superuser)
    done = apply_roles(postgres_url, cast, entities)
    assert done.differences == ()
    told = {
        table: {role: "".join(p[0] for p in held) for role, held in done.held[table].items()} for table in done.held
    }
    nothing = dict.fromkeys((cast.service, cast.reader, cast.people), "")
    assert {table: told[table] for table in bookkeeping.TABLES} == {
        bookkeeping.SERVICES: nothing | {cast.service: "DISU"},
        bookkeeping.HISTORY: nothing | {cast.reader: "S"},
        bookkeeping.STEPS: nothing,
        bookkeeping.PROGRESS: nothing,
    }


@pytest.mark.usefixtures("applied")
def test_the_migrator_sees_whom_it_waits_for(cast: Cast, log_in: LogIn) -> None:
    service = log_in(f"{cast.prefix}_api")
    service.execute("SET application_name = 'the service'")
    seen = log_in(cast.migrator).execute(
        "SELECT application_name FROM pg_stat_activity WHERE pid = %s", (service.info.backend_pid,)
    )
    assert seen.fetchone() == ("the service",)


def test_by_a_role_that_is_no_superuser(
    postgres_url: str, cast: Cast, entities: Entities, admin: str, superuser: Connection
) -> None:
    url = as_role(postgres_url, admin)
    with pytest.raises(PermissionDenied, match="owns the database"):
        apply_roles(url, replace(cast, every_tenant=True), entities)
    assert audit_roles(url, cast, entities).differences
    there = superuser.execute("SELECT FROM pg_roles WHERE rolname = ANY (%s)", (list(cast.names),))
    assert there.fetchall() == []
    superuser.execute(_hand_over(superuser, admin))
    # On PostgreSQL 15 nobody but a superuser gives what services need to pass by policies.
    with pytest.raises(PermissionDenied, match="--every-tenant"):
        apply_roles(url, cast, entities)
    cast = replace(cast, every_tenant=True)
    done = apply_roles(url, cast, entities)
    assert done.differences == ()
    assert f"{admin} is no member of {cast.owner}" in {each.what for each in done.mended}
    assert apply_roles(url, cast, entities).mended == ()


def test_a_table_in_use_leaves_everything_as_it_was(
    postgres_url: str, cast: Cast, entities: Entities, superuser: Connection
) -> None:
    with psycopg.connect(postgres_url) as busy:
        busy.execute("SELECT FROM teams")
        with pytest.raises(LockNotAvailable, match="Nothing was changed"):
            apply_roles(postgres_url, cast, entities, patience_seconds=0)
    there = superuser.execute("SELECT FROM pg_roles WHERE rolname = ANY (%s)", (list(cast.names),))
    assert there.fetchall() == []


def test_it_waits_without_standing_in_the_way(
    postgres_url: str, cast: Cast, entities: Entities, superuser: Connection
) -> None:
    with ThreadPoolExecutor(1) as pool, psycopg.connect(postgres_url) as busy:
        busy.execute("SELECT FROM teams")
        made = pool.submit(apply_roles, postgres_url, cast, entities)
        wait_for_two_attempts(superuser)
        # Whoever comes later reads on.
        superuser.execute("SET lock_timeout = '1ms'; SELECT FROM teams; RESET lock_timeout")
        assert not made.done()
        busy.commit()
        assert made.result().differences == ()


def test_several_at_once(postgres_url: str, cast: Cast, entities: Entities) -> None:
    with ThreadPoolExecutor(3) as pool:
        done = [pool.submit(apply_roles, postgres_url, cast, entities) for _ in range(3)]
    found = [each.result() for each in done]
    assert [each.differences for each in found] == [(), (), ()]
    assert sorted(bool(each.mended) for each in found) == [False, False, True]


def test_two_databases_at_once(server: Databases, postgres_url: str, cast: Cast, entities: Entities) -> None:
    """Roles are the whole server's: both make them, and one of them finds them made."""
    with database_url(server) as other, nothing_left_to(other, *cast.names), ThreadPoolExecutor(2) as pool:
        done = [pool.submit(apply_roles, url, cast, entities) for url in (other, postgres_url)]
        assert [each.result().differences for each in done] == [(), ()]


def test_memory_has_no_roles(cast: Cast, entities: Entities) -> None:
    with pytest.raises(ConfigurationInvalid, match="memory:// is no database"):
        audit_roles("memory://", cast, entities)


def wait_for_two_attempts(superuser: Connection) -> None:
    """Wait until three sessions have been seen: one keeps others out, and each attempt has one of its own."""
    seen: set[int] = set()
    sessions = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
    for _ in ticks(60):
        seen.update(pid for (pid,) in superuser.execute(sessions, ("dbkit db roles",)).fetchall())
        if len(seen) >= 3:
            return
    pytest.fail("it did not try again")


def _hand_over(superuser: Connection, role: str) -> bytes:
    """Return what makes a role the owner of the database and of all that is in it, as a managed server's admin is."""
    found = superuser.execute("SELECT current_database()").fetchone()
    assert found is not None
    tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    statements = [f'ALTER TABLE "{table}" OWNER TO {role}' for (table,) in tables]
    return "; ".join([f'ALTER DATABASE "{found[0]}" OWNER TO {role}', *statements]).encode()
