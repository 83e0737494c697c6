"""Whole checks: a live database, its line, and models."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import Column, Integer, MetaData, Table, Text

from dbkit.migrate.fingerprint.checking import Check, check, fingerprint_of
from dbkit.migrate.fingerprint.compared import Side
from dbkit.migrate.fingerprint.reading import Aspects
from dbkit.migrate.lock import RunnerLock
from dbkit.migrate.report import Report
from dbkit.migrate.roles.audit import apply_roles, entities_of
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.runner import apply
from dbkit.migrate.session import Session, Target
from dbkit.migrate.stop import Stop
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid, PermissionDenied
from tests.fix_server import database_url
from tests.migrate.foreign.shop import shop
from tests.migrate.lines import LineFolder
from tests.migrate.roles.logins import as_role, dropped_after
from tests.migrate.runs import Connection

MODELS = MetaData()
Table("things", MODELS, Column("id", Integer, nullable=False), Column("name", Text))
WHERE = f"{__name__}:MODELS"

Run = Callable[..., Report]
Checked = Callable[..., Check]


@pytest.fixture
def checked(postgres_url: str, line: LineFolder, server: Databases) -> Checked:
    """Check the test's database against the test's line and models."""

    def checked(url: str = postgres_url, models: str | None = WHERE, **aspects: bool) -> Check:
        own = server.url_for("postgres")
        return check(url, models=models, line=line.folder, dev_url=own, aspects=Aspects(prefix="nobody", **aspects))

    return checked


@pytest.fixture
def things(line: LineFolder) -> None:
    line.add("create_things", "CREATE TABLE things (id int NOT NULL)")
    line.add("name_things", "ALTER TABLE things ADD COLUMN name text")


def test_nothing_differs(things: None, run: Run, checked: Checked) -> None:
    run()
    found = checked()
    assert found.is_clean
    assert str(found).splitlines()[1:] == [
        "nothing differs: the database, the line and the models have one schema",
        "note: not all of owners and grants was compared (--owners --grants)",
    ]
    assert len(set(map(str, found.trees.values()))) == 1
    assert set(found.trees) == set(Side)


def test_what_differs_in_the_live_database(things: None, run: Run, connection: Connection, checked: Checked) -> None:
    run()
    connection.execute("CREATE INDEX CONCURRENTLY ix_things ON things (id)")
    connection.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_things'::regclass")
    [found] = checked().findings
    assert str(found).startswith("index ix_things on things: only the live database has it: CREATE INDEX ix_things")
    assert found.odd is Side.LIVE


def test_what_the_models_have_and_nobody_else(line: LineFolder, run: Run, checked: Checked) -> None:
    line.add("create_things", "CREATE TABLE things (id int NOT NULL)")
    run()
    assert [str(each) for each in checked().findings] == ["column things.name: only the models have it: text"]


def test_what_the_line_alone_lacks(line: LineFolder, run: Run, connection: Connection, checked: Checked) -> None:
    line.add("create_things", "CREATE TABLE things (id int NOT NULL)")
    run()
    connection.execute("ALTER TABLE things ADD COLUMN name text")
    [found] = checked().findings
    assert str(found) == "column things.name: the line has none, and the live database and the models have text"


def test_a_database_behind_is_held_against_what_it_has(things: None, run: Run, checked: Checked) -> None:
    run(count=1)
    found = checked()
    assert found.is_clean
    assert set(found.trees) == {Side.LIVE, Side.LINE}
    assert found.notes[0].startswith("the models are held against all of the line, the database against the revisions")


def test_models_are_held_against_the_line_where_the_database_is_behind(
    things: None, line: LineFolder, run: Run, checked: Checked
) -> None:
    line.add("extra", "CREATE TABLE extra (id int)")
    run(count=1)
    assert [str(each) for each in checked().findings] == [
        "column extra.id: the models have none, and the line has integer",
        "table extra: the models have none, and the line has TABLE",
    ]


def test_without_models_two_are_compared(things: None, run: Run, checked: Checked) -> None:
    run()
    found = checked(models=None)
    assert found.is_clean
    assert found.notes[0] == "no models were given (--models)"


def test_an_empty_database_is_at_the_beginning(things: None, checked: Checked) -> None:
    assert checked().is_clean


def test_owners_and_grants_when_they_are_asked_for(
    things: None, run: Run, connection: Connection, checked: Checked
) -> None:
    run()
    assert checked(owners=True, grants=True).is_clean
    connection.execute("GRANT SELECT ON things TO pg_monitor")
    connection.execute("ALTER TABLE things OWNER TO pg_monitor")
    connection.execute("GRANT UPDATE ON things TO PUBLIC")
    assert checked().is_clean
    owner = connection.info.user
    assert [str(each) for each in checked(owners=True).findings] == [
        f"owner of table things: the live one has pg_monitor in place of {owner}"
    ]
    assert [str(each) for each in checked(grants=True).findings] == [
        "grants on table things: only the live database has it: PUBLIC UPDATE"
    ]


def test_roles_that_are_described_are_held_against_their_description(server: Databases) -> None:
    cast = Cast(f"check_{uuid.uuid4().hex[:12]}", services=("api",))
    with database_url(server) as url, dropped_after(url, *cast.names):
        apply(url)
        apply_roles(url, cast, entities_of("dbkit.models:Base"))
        with psycopg.connect(url) as connection:
            connection.execute(SQL("GRANT DELETE ON teams TO {}").format(Identifier(cast.people)))
        aspects = Aspects(owners=True, grants=True, prefix=cast.prefix)
        found = check(url, dev_url=server.url_for("postgres"), aspects=aspects)
    # All of dbkit's own line and models are one.
    assert found.findings == ()
    [right] = found.rights
    assert cast.people in right
    assert "DELETE" in right
    assert not found.is_clean


def test_a_run_that_is_under_way_is_noted(things: None, run: Run, postgres_url: str, checked: Checked) -> None:
    run()
    with (
        Session(Target(postgres_url, "the test's")) as session,
        RunnerLock(session).held(Stop(), 0, lambda _holder: None),
    ):
        found = checked()
    assert found.notes[0].startswith("the database is being migrated by ")


def test_a_line_that_alembic_made(tmp_path: Path, postgres_url: str, connection: Connection, server: Databases) -> None:
    """Its settings lie beside the folder, the name of its version table among them."""
    project = shop(tmp_path / "shop")
    project.upgrade(postgres_url, "head")
    for line in (project.folder / "alembic.ini", project.folder):
        assert check(postgres_url, line=line, dev_url=server.url_for("postgres")).is_clean
    connection.execute("CREATE TABLE by_hand ()")
    [found] = check(postgres_url, line=project.folder, dev_url=server.url_for("postgres")).findings
    assert str(found) == "table by_hand: only the live database has it: TABLE"


def test_memory_has_no_schema_to_check(checked: Checked) -> None:
    with pytest.raises(ConfigurationInvalid, match="no database of a server"):
        checked("memory://")


@pytest.fixture
def guest(postgres_url: str, connection: Connection) -> Iterator[str]:
    """A role that sees what everybody sees."""
    name = f"guest_{uuid.uuid4().hex[:12]}"
    with dropped_after(postgres_url, name):
        connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(name)))
        yield name


def test_a_role_that_may_only_read_the_version_table_sees_all(
    things: None, run: Run, connection: Connection, postgres_url: str, guest: str, checked: Checked
) -> None:
    run()
    connection.execute(SQL("GRANT SELECT ON alembic_version TO {}").format(Identifier(guest)))
    assert checked(as_role(postgres_url, guest)).is_clean


@pytest.mark.parametrize(
    ("closing", "named"),
    [
        ("SELECT 1", "alembic_version"),
        (
            "GRANT SELECT ON alembic_version TO {guest}; ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY",
            "row-level security keeps rows of alembic_version from the role",
        ),
        (
            (
                "CREATE SCHEMA closed; GRANT SELECT ON alembic_version TO {guest};"
                "ALTER ROLE {guest} SET search_path = closed, public"
            ),
            "may not use the schema closed",
        ),
        (
            "CREATE SCHEMA {guest}; GRANT SELECT ON alembic_version TO {guest}",
            "may not use the schema guest_",
        ),
        ("GRANT SELECT ON alembic_version TO {guest}; REVOKE SELECT ON pg_proc FROM PUBLIC", "pg_proc"),
        ("GRANT SELECT ON alembic_version TO {guest}; REVOKE SELECT ON pg_policy FROM PUBLIC", "pg_policy"),
    ],
)
def test_what_a_role_may_only_half_see_is_no_pass(
    things: None,
    run: Run,
    connection: Connection,
    postgres_url: str,
    guest: str,
    checked: Checked,
    closing: str,
    named: str,
) -> None:
    run()
    connection.execute(SQL(closing).format(guest=Identifier(guest)))
    with pytest.raises(PermissionDenied) as caught:
        checked(as_role(postgres_url, guest))
    assert named in str(caught.value)


def test_the_fingerprint_of_a_database(things: None, run: Run, postgres_url: str, line: LineFolder) -> None:
    run(count=1)
    before = fingerprint_of(postgres_url, line=line.folder)
    run()
    after = fingerprint_of(postgres_url, line=line.folder)
    assert before.tree != after.tree
    with psycopg.connect(postgres_url) as connection:
        connection.execute("DROP TABLE alembic_version")
    # Where the tables are of somebody else's making, too.
    assert fingerprint_of(postgres_url).tree == after.tree
    document = after.as_json()
    assert document["fingerprint"] == str(after.tree)
    assert list(document["tree"]["things"]["parts"]) == ["column things.id", "column things.name", "table things"]
