"""The repeated techniques: what each does, from every state that a stop may leave, and that it stays so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from dbkit.migrate import techniques
from dbkit.migrate.catalog import differences
from dbkit.migrate.errors import DowngradeImpossible, IndexDiffers
from dbkit.migrate.proving.state import State
from dbkit.testing.templates import Databases
from tests.migrations import frozen
from tests.migrations.stepping import copied, opened
from tests.migrations.watching import Stops

Technique = Callable[[], None]

THINGS = """
CREATE TABLE things (
    id int CONSTRAINT pk_things PRIMARY KEY, tenant int NOT NULL, size int, note text,
    CONSTRAINT ck_things_size CHECK (size < 100));
CREATE TABLE parts (thing int, other int CONSTRAINT ck_parts_other CHECK (other < 100));
CREATE UNIQUE INDEX ix_things_tenant_id ON things (tenant, id);
CREATE UNIQUE INDEX uq_things_note ON things (note);
CREATE INDEX ix_things_size ON things (size);
CREATE TYPE mood AS ENUM ('sad');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO things SELECT n, n % 3, n % 50, 'it''s ' || n FROM generate_series(1, 25) AS n;
INSERT INTO parts SELECT n, n FROM generate_series(1, 25) AS n;
"""

# Each leads from THINGS to the same place whether it runs through, is stopped anywhere, or runs again.
RESUMABLE: dict[str, Technique] = {
    "add_column": lambda: techniques.add_column("things", "more", "int NOT NULL DEFAULT 7"),
    "add_constraint_not_valid": lambda: techniques.add_constraint_not_valid("things", "ck_new", "CHECK (size > 99)"),
    "add_constraint": lambda: techniques.add_constraint(
        "parts", "fk_parts_thing", "FOREIGN KEY (thing) REFERENCES things ON DELETE CASCADE"
    ),
    "validate_constraint": lambda: techniques.validate_constraint("things", "ck_things_size"),
    "replace_check": lambda: techniques.replace_check("things", "ck_things_size", "size < 60 OR note LIKE '\\:x%'"),
    "replace_checks": lambda: techniques.replace_checks(
        ("things", "ck_things_size", "size < 60"), ("parts", "ck_parts_other", "other < 50")
    ),
    "set_not_null": lambda: techniques.set_not_null("things", "size", "note", check="ck_things_present"),
    "create_index_concurrently": lambda: techniques.create_index_concurrently(
        "ix_things_note", "things (lower(note) DESC, size) WHERE size > 1"
    ),
    "create_unique_index_concurrently": lambda: techniques.create_unique_index_concurrently(
        "uq_things_size", "things (size)"
    ),
    "drop_index_concurrently": lambda: techniques.drop_index_concurrently("ix_things_size"),
    "unique_using_index": lambda: techniques.unique_using_index("things", "uq_things_note"),
    "primary_key_using_index": lambda: techniques.primary_key_using_index("things", "ix_things_tenant_id"),
    "in_batches": lambda: techniques.in_batches("""
        UPDATE things SET note = size::text || ':done'
        WHERE id IN (SELECT id FROM things WHERE note LIKE 'it%' ORDER BY id LIMIT 10)
    """),
    "in_ranges": lambda: techniques.in_ranges(
        "UPDATE things SET note = size::text || ':done' WHERE id > :after AND id <= :upto AND note NOT LIKE '%:done'",
        table="things",
        key="id",
        rows=10,
    ),
    "backfill": lambda: techniques.backfill("things", "note = size::text || ':done'", where="note NOT LIKE '%:done'"),
}


@pytest.fixture(scope="module")
def template(server: Databases) -> Iterator[str]:
    """A database to copy, with the things that techniques work on."""
    name = server.clone()
    with opened(server.url_for(name)) as connection:
        connection.execute(THINGS.encode())
    yield name
    server.give_up(name)


@pytest.fixture
def url(server: Databases, template: str) -> Iterator[str]:
    with copied(server, template) as url:
        yield url


@pytest.fixture
def connection(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection that looks on."""
    with opened(url) as connection:
        yield connection


@contextmanager
def revision(
    url: str, *, in_transaction: bool = False, watcher: Callable[[Connection], None] | None = None
) -> Iterator[None]:
    """Run the block as a revision's upgrade."""
    level = {} if in_transaction else {"isolation_level": "AUTOCOMMIT"}
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool, **level)
    with engine.connect() as connection, Operations.context(MigrationContext.configure(connection)):
        if watcher is not None:
            watcher(connection)
        yield
        if in_transaction:
            connection.commit()


def test_each_that_works_step_by_step_is_tried() -> None:
    looks = {name for name in techniques.__all__ if name.startswith(("has_", "refuse_"))}
    assert RESUMABLE.keys() | looks | {"atomically"} == set(techniques.__all__)


@pytest.mark.parametrize("name", RESUMABLE)
def test_stopped_anywhere_and_run_again(server: Databases, template: str, name: str) -> None:
    technique = RESUMABLE[name]
    with ExitStack() as stack:
        through, stopped = (stack.enter_context(copied(server, template)) for _ in range(2))
        before = state_of(through)
        with revision(through):
            technique()
        after = state_of(through)
        if name != "validate_constraint":
            assert differences(before.catalog, after.catalog) or before.changes(after)
        stops = stack.enter_context(Stops(stopped))
        while True:
            try:
                with revision(stopped, watcher=stops):
                    technique()
            except (DBAPIError, psycopg.OperationalError):
                assert stops.stopped_at is not None
            finally:
                stops.join()
            if stops.stopped_at is None:
                break
        assert_same(after, state_of(stopped))
        assert stops.stopped or name == "validate_constraint"


@pytest.mark.parametrize("name", RESUMABLE)
def test_run_again_when_all_is_done(url: str, name: str) -> None:
    with revision(url):
        RESUMABLE[name]()
    once = state_of(url)
    with revision(url):
        RESUMABLE[name]()
    assert_same(once, state_of(url))


def state_of(url: str) -> State:
    with opened(url) as connection:
        return State.of(connection)


def assert_same(a: State, b: State) -> None:
    assert differences(a.catalog, b.catalog) == []
    assert str(a.changes(b)) == ""


def test_looks(url: str) -> None:
    with revision(url):
        assert techniques.has_table("things")
        assert not techniques.has_table("nothing")
        assert techniques.has_column("things", "size")
        assert not techniques.has_column("things", "nothing")
        assert not techniques.has_column("nothing", "size")
        assert techniques.has_constraint("things", "ck_things_size")
        assert not techniques.has_constraint("parts", "ck_things_size")
        assert techniques.has_index("ix_things_size")
        assert not techniques.has_index("things")
        assert techniques.has_trigger("things", "touch")
        assert not techniques.has_trigger("parts", "touch")
        assert techniques.has_function("touch")
        assert not techniques.has_function("lower")
        assert techniques.has_type("mood")
        assert not techniques.has_type("moods")


def test_a_dropped_column_is_none(url: str, connection: psycopg.Connection) -> None:
    connection.execute("ALTER TABLE things DROP COLUMN size")
    with revision(url):
        assert not techniques.has_column("things", "size")


def test_an_index_that_is_not_valid_is_none(url: str, connection: psycopg.Connection) -> None:
    connection.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_things_size'::regclass")
    with revision(url):
        assert not techniques.has_index("ix_things_size")


@pytest.mark.parametrize("in_transaction", [True, False])
def test_atomically_is_all_or_nothing(url: str, connection: psycopg.Connection, in_transaction: bool) -> None:
    with pytest.raises(ZeroDivisionError), revision(url, in_transaction=in_transaction), techniques.atomically():
        techniques.op.execute("DELETE FROM things")
        raise ZeroDivisionError
    assert connection.execute("SELECT count(*) FROM things").fetchone() == (25,)


@pytest.mark.parametrize(
    "technique",
    [
        lambda: techniques.replace_check("things", "ck_things_size", "size < 10"),
        lambda: techniques.replace_checks(
            ("parts", "ck_parts_other", "other < 50"), ("things", "ck_things_size", "size < 10")
        ),
        lambda: techniques.create_unique_index_concurrently("uq_things_tenant", "things (tenant)"),
    ],
    ids=["replace_check", "replace_checks", "create_unique_index_concurrently"],
)
def test_rows_that_do_not_fit_leave_all_as_it_was(url: str, technique: Technique) -> None:
    before = state_of(url)
    with pytest.raises(IntegrityError), revision(url):
        technique()
    assert_same(before, state_of(url))


def test_a_check_that_another_way_left_beside_does_not_count(url: str, connection: psycopg.Connection) -> None:
    connection.execute("ALTER TABLE things ADD CONSTRAINT ck_things_size_new CHECK (size < 1000) NOT VALID")
    with revision(url):
        techniques.replace_check("things", "ck_things_size", "size < 60")
    found = state_of(url).catalog.objects
    assert found["constraint things.ck_things_size"] == "CHECK ((size < 60))"
    assert "constraint things.ck_things_size_new" not in found


@pytest.mark.parametrize(
    "on", ["things (size DESC)", "things (size) WHERE size > 1", "things (size, id)", "parts (other)"]
)
def test_another_index_of_the_name_is_not_taken_for_it(url: str, on: str) -> None:
    before = state_of(url)
    with pytest.raises(IndexDiffers), revision(url):
        techniques.create_index_concurrently("ix_things_size", on)
    assert_same(before, state_of(url))


def test_uniqueness_makes_another_index(url: str) -> None:
    with pytest.raises(IndexDiffers), revision(url):
        techniques.create_index_concurrently("ix_things_size", "things (size)", unique=True)


def test_an_index_that_is_not_valid_is_built_again(url: str, connection: psycopg.Connection) -> None:
    connection.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_things_size'::regclass")
    with revision(url):
        techniques.create_index_concurrently("ix_things_size", "things (size)")
        assert techniques.has_index("ix_things_size")


def test_concurrently_has_no_lock_timeout_and_gives_it_back(url: str) -> None:
    seen: list[str] = []

    def watcher(connection: Connection) -> None:
        connection.exec_driver_sql("SET lock_timeout = '5s'")

    with revision(url, watcher=watcher):
        run, techniques_execute = techniques.op.get_bind(), techniques.op.execute

        def spy(statement: str) -> None:
            if "CONCURRENTLY" in statement:
                seen.append(run.exec_driver_sql("SHOW lock_timeout").scalar_one())
            techniques_execute(statement)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(techniques.op, "execute", spy)
            techniques.create_index_concurrently("ix_things_note", "things (note)")
            techniques.drop_index_concurrently("ix_things_note")
        assert run.exec_driver_sql("SHOW lock_timeout").scalar_one() == "5s"
    assert seen == ["0", "0"]


def test_a_refused_downgrade_changes_nothing(url: str) -> None:
    before = state_of(url)
    with pytest.raises(DowngradeImpossible, match="gone"), revision(url):
        techniques.refuse_downgrade("the values are gone")
    with pytest.raises(DowngradeImpossible, match="in use"), revision(url):
        techniques.refuse_downgrade_if("SELECT FROM things WHERE note LIKE 'it''s 2%' OR note = ':x'", "it is in use")
    with revision(url):
        techniques.refuse_downgrade_if("SELECT FROM things WHERE note = ':x'", "it is in use")
    assert_same(before, state_of(url))


def test_nothing_changed() -> None:
    """Revisions of the past run these."""
    now, before = frozen.digests(), frozen.kept()
    changed = sorted(name for name in before if now.get(name) != before[name])
    assert not changed, (
        f"{', '.join(changed)} changed, and released revisions use it: leave it as it was, and give the better way"
        " a new name. Where it does exactly what it did, run `python -m tests.migrations.frozen` and say so in review."
    )
    new = sorted(now.keys() - before.keys())
    assert not new, f"{', '.join(new)} is new: run `python -m tests.migrations.frozen`."
