"""What one test does, another does not see, whichever way they are kept apart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import text

import dbkit
from dbkit.mock.factories import Factories
from dbkit.testing import Setup
from dbkit.testing.kit import Kit, Options
from dbkit.testing.lending import Ended, Loan
from dbkit.testing.wanted import Isolation, Wanted
from dbkit.types import (
    ConfigurationInvalid,
    DatabaseClosed,
    NewOrganization,
    ReadOnly,
    ReferenceMissing,
    TeamId,
    uuid7,
)
from dbkit.types.errors import DbkitError, TransactionAborted

ISOLATIONS: tuple[Isolation, ...] = ("rollback", "reset", "clone")
ALONE = NewOrganization(label="Acme", default_team_id=TeamId(uuid7()))
"""An organization whose team is not there, which is found out at the end of a transaction."""

Lend = Callable[..., Any]


@pytest.fixture
def lend(kit: Kit) -> Lend:
    """Lend a database for a block."""

    @contextmanager
    def lend(isolation: Isolation = "reset", of: Kit = kit, schema: str = "head") -> Iterator[Loan]:
        # Some rows come with the template, written by revisions.
        loan = Loan(of, Setup(keeps_rows=True), Wanted("postgres", isolation, schema))
        yield loan
        assert loan.end("a test", keep=False).leaks == ()

    return lend


def rows(db: dbkit.Database, table: str) -> int:
    (found,) = db.execute(text(f"SELECT count(*) FROM {table}"))
    return int(found["count"])


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_the_next_test_finds_what_the_template_holds(lend: Lend, isolation: Isolation) -> None:
    make = Factories(seed=1)
    with lend(isolation) as loan:
        db = loan.database()
        providers = rows(db, "providers")
        make.connection.create(db)
        make.operation_log.create(db)
        assert rows(db, "providers") > providers > 0
    with lend(isolation) as loan:
        db = loan.database()
        assert [rows(db, table) for table in ("connections", "organizations", "operation_logs")] == [0, 0, 0]
        assert rows(db, "providers") == providers


def test_resetting_keeps_the_database_and_its_connections(lend: Lend) -> None:
    asked = text("SELECT current_database(), pg_backend_pid()")
    with lend() as loan:
        before = loan.database().execute(asked)
        Factories(seed=1).connection.create(loan.database())
    with lend() as loan:
        assert loan.database().execute(asked) == before


def test_resetting_starts_sequences_again(lend: Lend) -> None:
    seen = []
    for _ in range(2):
        with lend() as loan:
            db = loan.database()
            (sequence,) = db.execute(text("SELECT min(seqrelid::regclass::text) AS name FROM pg_sequence"))
            seen.append(db.execute(text(f"SELECT nextval('{sequence['name']}')")))
    assert seen[0] == seen[1]


def test_a_setting_of_the_database_takes_it_along(lend: Lend) -> None:
    with lend() as loan:
        changed = loan.url
        with psycopg.connect(changed, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {connection.info.dbname} SET statement_timeout = '7s'")
    with lend() as loan:
        assert loan.url != changed


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE things ()",
        "ALTER TABLE teams ADD COLUMN colour text",
        "DROP INDEX ix_connections_created",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA more",
        "TRUNCATE teams CASCADE",
        "SELECT pg_stat_reset()",
    ],
)
def test_a_changed_schema_takes_its_database_along(lend: Lend, statement: str) -> None:
    with lend() as loan:
        changed = loan.url
        with psycopg.connect(changed, autocommit=True) as connection:
            indexes = connection.execute("SELECT min(indexname) FROM pg_indexes WHERE indexname LIKE 'ix_%'").fetchone()
            assert indexes is not None
            connection.execute(statement.replace("ix_connections_created", indexes[0]))
    with lend() as loan:
        assert loan.url != changed


def test_partitions_of_a_test_go_with_it(lend: Lend) -> None:
    count = text("SELECT count(*) FROM pg_inherits")
    with lend() as loan:
        before = loan.database().execute(count)
        make = text("CREATE TABLE more PARTITION OF usage_events FOR VALUES FROM ('2031-01-01') TO ('2031-02-01')")
        loan.database().execute(make)
    with lend() as loan:
        assert loan.database().execute(count) == before


def test_a_clone_is_gone_after_its_test(lend: Lend, kit: Kit) -> None:
    with lend("clone") as first, lend("clone") as second:
        assert first.url != second.url
        Factories(seed=1).connection.create(first.database())
        assert rows(second.database(), "connections") == 0
    with lend("clone"), pytest.raises(psycopg.OperationalError):
        psycopg.connect(first.url)


def test_rolled_back_calls_see_what_was_done_before(lend: Lend) -> None:
    with lend("rollback") as loan:
        db = loan.database()
        created = Factories(seed=1).connection.create(db)
        assert db.connections.get(created.project_id, created.id) == created
        with pytest.raises(RuntimeError), db.transaction() as tx:
            Factories(seed=2).connection.create(tx)
            raise RuntimeError
        assert rows(db, "connections") == 1
        with db.transaction() as tx:
            with pytest.raises(RuntimeError), tx.transaction() as nested:
                nested.connections.delete(created.project_id, created.id)
                raise RuntimeError
            assert tx.connections.find(created.project_id, created.id) == created
        with db.session() as session:
            session.execute(text("DELETE FROM connections"))
        assert rows(db, "connections") == 1
        with db.session() as session:
            session.execute(text("DELETE FROM connections"))
            session.commit()
        assert rows(db, "connections") == 0


def test_rolled_back_constraints_are_checked_where_a_commit_would_check_them(lend: Lend) -> None:
    with lend("rollback") as loan:
        db = loan.database()
        with pytest.raises(ReferenceMissing):
            db.organizations.create(ALONE)
        with pytest.raises(ReferenceMissing), db.transaction() as tx:
            tx.organizations.create(ALONE)
            assert tx.organizations.count() == 1
        Factories(seed=1).organization.create(db)
        with pytest.raises(ReferenceMissing):
            db.execute(text("UPDATE organizations SET default_team_id = gen_random_uuid()"))
        with pytest.raises(ReferenceMissing), db.session() as session:
            session.execute(text("UPDATE organizations SET default_team_id = gen_random_uuid()"))
            session.commit()
        assert rows(db, "organizations") == 1


def test_a_swallowed_error_aborts_as_it_does_in_a_real_transaction(lend: Lend) -> None:
    with lend("rollback") as loan:
        db = loan.database()
        with pytest.raises(TransactionAborted), db.transaction() as tx:
            Factories(seed=1).organization.create(tx)
            with pytest.raises(DbkitError):
                tx.execute(text("SELECT 1 / 0"))
        assert rows(db, "organizations") == 0


def test_what_one_connection_cannot_show_is_refused(lend: Lend) -> None:
    with lend("rollback") as loan:
        db = loan.database()
        with db.transaction(), pytest.raises(ConfigurationInvalid, match="has one connection"):
            db.organizations.count()
        with pytest.raises(ConfigurationInvalid, match="read committed"), db.transaction(isolation="serializable"):
            pass
        with pytest.raises(ConfigurationInvalid, match="sync or async"):
            loan.async_database()
        with pytest.raises(ConfigurationInvalid, match="by its URL nobody sees"):
            _ = loan.url
        db.close()
        with pytest.raises(DatabaseClosed):
            db.organizations.count()


def test_rolled_back_readers_see_what_was_done_and_write_nothing(lend: Lend) -> None:
    make = Factories(seed=2)
    with lend("rollback") as loan:
        db = loan.database()
        created = make.connection.create(db)
        key = (created.project_id, created.id)
        with db.reading(after=db.position()) as reader:
            assert reader.connections.get(*key) == created
            with pytest.raises(ReadOnly):
                reader.connections.delete(*key)
            with pytest.raises(ReadOnly), reader.transaction() as tx:
                tx.connections.delete(*key)
            with pytest.raises(ReadOnly):
                reader.execute(text("DELETE FROM connections"))
            with reader.session() as session:
                assert session.scalar(text("SELECT count(*) FROM connections")) == 1
        with pytest.raises(DatabaseClosed):
            reader.connections.get(*key)
        db.connections.delete(*key, expected_version=created.version)


async def test_rolled_back_async_calls(kit: Kit) -> None:
    for seed in range(2):
        loan = Loan(kit, Setup(), Wanted("postgres", "rollback"))
        db = loan.async_database()
        created = await Factories(seed=seed).connection.create_async(db)
        assert await db.connections.get(created.project_id, created.id) == created
        with pytest.raises(ReferenceMissing):
            await db.organizations.create(ALONE)
        async with db.transaction() as tx:
            await tx.connections.delete(created.project_id, created.id)
        assert await db.connections.find(created.project_id, created.id) is None
        assert await db.organizations.count() == 1
        assert await asyncio.to_thread(loan.end, "a test", keep=False) == Ended()


@pytest.fixture
def plain_url(lend: Lend) -> Iterator[str]:
    """The URL of the server for a role that may make databases, and nothing else."""
    with lend() as loan, psycopg.connect(make_conninfo(loan.url, dbname="postgres"), autocommit=True) as connection:
        role = f"dbkit_tester_{uuid7().hex}"
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(role)))
        yield make_conninfo(loan.url, user=role, dbname="postgres")
        owned = "SELECT datname FROM pg_database WHERE datdba = %s::regrole"
        for (name,) in connection.execute(owned, (role,)).fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def test_a_role_that_is_no_superuser(lend: Lend, plain_url: str) -> None:
    """It empties tables by TRUNCATE, and what came with rows it replaces."""
    urls = []
    with closing(Kit(Options(url=plain_url))) as plain:
        for seed in range(2):
            with lend(of=plain) as loan:
                urls.append(loan.url)
                db = loan.database()
                assert rows(db, "organizations") == 0
                providers = rows(db, "providers")
                Factories(seed=seed).organization.create(db)
        with lend(of=plain) as loan:
            Factories(seed=1).connection.create(loan.database())
        with lend(of=plain) as loan:
            urls.append(loan.url)
            assert rows(loan.database(), "providers") == providers
    assert urls[0] == urls[1] != urls[2]


def test_rows_of_revisions_are_not_there_unless_they_are_kept(lend: Lend, postgres_db: dbkit.Database) -> None:
    assert rows(postgres_db, "providers") == 0
    assert rows(postgres_db, "alembic_version") == 1
    with lend() as loan:
        assert rows(loan.database(), "providers") > 0
