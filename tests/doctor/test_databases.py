"""Defects planted in a database, and in its sessions: each is found, and nothing in a sound one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbkit.doctor import schema_queries
from dbkit.doctor.examine import Options, examine
from dbkit.doctor.facts import Sequence
from dbkit.doctor.findings import CheckReport, Outcome
from dbkit.doctor.limits import Limits
from dbkit.doctor.opening import opened
from dbkit.doctor.reading import Reader
from dbkit.doctor.unseen import Unseen
from dbkit.embedded.locks import ticks
from dbkit.migrate.runner import apply
from dbkit.migrate.schema import create_schema
from dbkit.migrate.session import Target
from dbkit.types.errors import Unavailable
from tests.migrate.lines import LineFolder

Connection = psycopg.Connection[Any]

ORDERS = "create table orders (id serial primary key, name text, paid int)"
SCHEMA = ("collation", "constraints", "duplicate_indexes", "extensions", "invalid_indexes", "sequences")
TABLES = ("autovacuum", "dead_rows", "statistics", "transaction_ids")


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def checked(url: str, check: str, **limits: Any) -> CheckReport:
    return examine(url, Options(limits=Limits(**limits))).check(check)


def told(report: CheckReport) -> list[tuple[str, tuple[str, ...]]]:
    assert report.outcome is Outcome.FOUND
    return [(finding.what, finding.commands) for finding in report.findings]


def test_a_sound_database_has_nothing_wrong_with_it(url: str) -> None:
    create_schema(url)
    examination = examine(url)
    assert {check: examination.check(check).outcome for check in (*SCHEMA, *TABLES)} == dict.fromkeys(
        (*SCHEMA, *TABLES), Outcome.PASSED
    )


def test_an_index_whose_build_failed(url: str, connection: Connection) -> None:
    connection.execute(ORDERS)
    connection.execute("insert into orders (name) values ('a'), ('a')")
    with suppress(psycopg.errors.UniqueViolation):
        connection.execute('create unique index concurrently "uq Orders" on orders (name)')
    ((what, commands),) = told(checked(url, "invalid_indexes"))
    assert what.startswith('the index public."uq Orders" of public.orders is not valid: its build failed')
    assert commands == ('REINDEX INDEX CONCURRENTLY public."uq Orders";',)
    connection.execute("delete from orders")
    connection.execute(commands[0].encode())
    assert checked(url, "invalid_indexes").outcome is Outcome.PASSED


def test_what_a_failed_rebuild_left_behind(url: str, connection: Connection) -> None:
    connection.execute(ORDERS)
    connection.execute("create index ix_orders_name on orders (name)")
    connection.execute("create unique index uq_orders_name_ccnew on orders (paid)")
    connection.execute("update pg_index set indisvalid = false where indexrelid = 'uq_orders_name_ccnew'::regclass")
    ((_, commands),) = told(checked(url, "invalid_indexes"))
    connection.execute(commands[0].encode())
    assert checked(url, "invalid_indexes").outcome is Outcome.PASSED


def test_an_index_of_a_partitioned_table_that_a_partition_lacks(url: str, connection: Connection) -> None:
    connection.execute("create table parted (day int) partition by list (day)")
    connection.execute("create table parted_1 partition of parted for values in (1)")
    connection.execute("create index ix_parted on only parted (day)")
    ((what, _),) = told(checked(url, "invalid_indexes"))
    assert what == "the index public.ix_parted of public.parted is not valid: a partition has none that belongs to it"


def test_a_constraint_that_was_never_validated(url: str, connection: Connection) -> None:
    connection.execute(ORDERS)
    connection.execute("alter table orders add constraint ck_paid check (paid > 0) not valid")
    ((what, commands),) = told(checked(url, "constraints"))
    assert what.startswith("the constraint ck_paid of public.orders was never validated")
    connection.execute(commands[0].encode())
    assert checked(url, "constraints").outcome is Outcome.PASSED


def test_indexes_that_do_the_same(url: str, connection: Connection) -> None:
    connection.execute(ORDERS)
    connection.execute("create index ix_same_as_key on orders (id)")
    connection.execute("create index ix_name on orders (name)")
    connection.execute("create index ix_name_again on orders (name)")
    connection.execute("create unique index uq_name on orders (name)")
    connection.execute("create index ix_name_down on orders (name desc)")
    connection.execute("create index ix_paid_some on orders (paid) where paid > 1")
    connection.execute("create index ix_paid_lower on orders (paid, lower(name))")
    connection.execute("create index ix_paid_upper on orders (paid, upper(name))")
    superfluous = told(checked(url, "duplicate_indexes"))
    assert [commands for _, commands in superfluous] == [
        ("DROP INDEX CONCURRENTLY public.ix_name;",),
        ("DROP INDEX CONCURRENTLY public.ix_name_again;",),
        ("DROP INDEX CONCURRENTLY public.ix_same_as_key;",),
    ]
    for _, (command,) in superfluous:
        connection.execute(command.encode())
    assert checked(url, "duplicate_indexes").outcome is Outcome.PASSED


def test_a_sequence_at_its_end(url: str, connection: Connection) -> None:
    connection.execute(ORDERS)
    connection.execute("create sequence alone maxvalue 100")
    connection.execute("create sequence round maxvalue 100 cycle")
    connection.execute("select setval('orders_id_seq', 2100000000), setval('alone', 85), setval('round', 100)")
    (alone, _), (orders, commands) = told(checked(url, "sequences"))
    assert alone == "the sequence public.alone is at 85 of 100 (85 %)"
    assert orders.startswith(
        "the sequence public.orders_id_seq, which fills public.orders.id, is at 2100000000 of 21474"
    )
    for command in commands:
        connection.execute(command.encode())
    (left, commands), *others = told(checked(url, "sequences"))
    assert (left, others) == (alone, [])
    connection.execute(commands[0].encode())
    assert checked(url, "sequences").outcome is Outcome.PASSED


def test_an_extension_that_is_out_of_date_or_without_its_files(url: str, connection: Connection) -> None:
    connection.execute("update pg_extension set extversion = '0.9' where extname = 'plpgsql'")
    assert told(checked(url, "extensions")) == [
        ("the extension plpgsql is at 0.9, and the server has 1.0", ("ALTER EXTENSION plpgsql UPDATE;",))
    ]
    connection.execute("update pg_extension set extversion = '1.0', extname = 'gone' where extname = 'plpgsql'")
    ((what, _),) = told(checked(url, "extensions"))
    assert "the extension gone is installed, and its files are not on the server" in what


def test_an_extension_that_revisions_create_and_that_is_gone(url: str, connection: Connection, tmp_path: Path) -> None:
    line = LineFolder(tmp_path / "line")
    line.add("languages", "CREATE EXTENSION IF NOT EXISTS plpgsql", undo=("DROP EXTENSION plpgsql",))
    line.add("came_and_went", "CREATE TABLE x (); -- CREATE EXTENSION never", "DROP EXTENSION IF EXISTS never")
    apply(url, line=line.folder)
    options = Options(line=line.folder)
    assert examine(url, options).check("extensions").outcome is Outcome.PASSED
    connection.execute("drop extension plpgsql")
    assert told(examine(url, options).check("extensions")) == [
        ("the schema's revisions create the extension plpgsql, and it is not there", ('CREATE EXTENSION "plpgsql";',))
    ]


def test_revisions_that_are_not_applied(url: str, tmp_path: Path) -> None:
    line = LineFolder(tmp_path / "line")
    first, _ = line.tables("one", "two")
    apply(url, line=line.folder, count=1)
    ((what, commands),) = told(examine(url, Options(line=line.folder)).check("revision"))
    assert what.startswith(f"the schema is at {first}")
    assert what.endswith("1 revision is not applied")
    assert commands == ("dbkit migrate apply URL",)
    apply(url, line=line.folder)
    assert examine(url, Options(line=line.folder)).check("revision").outcome is Outcome.PASSED
    ahead, _ = told(examine(url).check("revision"))[0]
    assert "which this line does not have" in ahead or "is ahead" in ahead or "and this line ends at" in ahead


def test_tables_without_a_revision(url: str, connection: Connection) -> None:
    connection.execute(ORDERS)
    ((what, _),) = told(checked(url, "revision"))
    assert what == "the schema has tables, and no row says at which revision it is"


def test_dead_rows_that_nobody_removes(url: str, connection: Connection) -> None:
    connection.execute(f"{ORDERS} with (autovacuum_enabled = false)")
    connection.execute("insert into orders (paid) select n from generate_series(1, 3000) n")
    connection.execute("update orders set paid = 0")
    connection.execute("select pg_stat_force_next_flush()")
    ((what, commands),) = told(checked(url, "dead_rows", dead_rows=1000))
    assert what.startswith("50 % of the rows of public.orders are dead (3000, vacuumed never)")
    assert told(checked(url, "autovacuum"))[0][1] == ("ALTER TABLE public.orders RESET (autovacuum_enabled);",)
    changed, _ = told(checked(url, "statistics", changed_rows=1000))[0]
    assert changed.startswith("6000 rows of public.orders changed since it was analyzed")
    connection.execute(commands[0].encode())
    connection.execute("select pg_stat_force_next_flush()")
    assert checked(url, "dead_rows", dead_rows=1000).outcome is Outcome.PASSED
    assert checked(url, "statistics", changed_rows=1000).outcome is Outcome.PASSED


def test_transaction_ids_that_run_out(url: str) -> None:
    found = told(checked(url, "transaction_ids", transaction_ids=1))
    assert any("of its transaction ids" in what for what, _ in found)
    assert all(commands[0].startswith("vacuumdb --freeze") for _, commands in found)


def test_a_transaction_that_lasts(url: str, connection: Connection) -> None:
    connection.execute("set application_name = 'forgetful'")
    connection.execute("begin")
    pid = connection.info.backend_pid
    end = (f"SELECT pg_terminate_backend({pid});",)
    assert end in [commands for _, commands in told(checked(url, "idle_in_transaction", idle_in_transaction_seconds=0))]
    lasting = told(checked(url, "long_transactions", transaction_seconds=0))
    ((what, _),) = [each for each in lasting if each[1] == end]
    assert what.startswith(f"forgetful (pid {pid}, role dbkit) has had a transaction open for ")
    connection.execute("rollback")
    after = checked(url, "long_transactions", transaction_seconds=0).findings
    assert end not in [finding.commands for finding in after]


def test_a_lock_that_is_waited_for(url: str, connection: Connection) -> None:
    connection.execute(ORDERS)
    connection.execute("begin; lock table orders")
    with psycopg.connect(url, autocommit=True, application_name="patient") as waiting:
        waiting.pgconn.send_query(b"select * from orders")
        for _ in ticks(60):
            waits = checked(url, "lock_waits", lock_wait_seconds=0).findings
            if waits:
                break
        (finding,) = [each for each in waits if each.what.startswith("patient")]
        assert f"(pid {waiting.info.backend_pid}) has waited" in finding.what
        assert f"for a lock of orders, behind {connection.info.backend_pid}" in finding.what
        assert finding.commands == (f"SELECT pg_terminate_backend({connection.info.backend_pid});",)
        connection.execute("rollback")
        waiting.pgconn.get_result()
        waiting.pgconn.get_result()


def test_a_question_that_has_to_wait_is_given_up(url: str, connection: Connection) -> None:
    connection.execute("create table alembic_version (version_num text)")
    connection.execute("begin; lock table alembic_version")
    examination = examine(url)
    assert examination.check("revision").why == "the server did not answer in time"
    assert examination.check("sequences").outcome is Outcome.PASSED


def test_a_connection_that_is_lost_meanwhile_is_an_error(url: str, connection: Connection) -> None:
    with pytest.raises(Unavailable), opened(Target(url, "shop")) as looking:
        connection.execute("select pg_terminate_backend(%s, 5000)", (looking.info.backend_pid,))
        Reader(looking).rows(Sequence, schema_queries.SEQUENCES)


def test_a_question_that_the_server_does_not_know(url: str) -> None:
    with opened(Target(url, "shop")) as looking:
        answer = Reader(looking).rows(Sequence, "SELECT no_such_function()")
    assert answer == Unseen("the server refuses the question (SQLSTATE 42883)")


def test_names_that_cannot_be_read_are_not_checked(url: str, connection: Connection) -> None:
    connection.execute("create database latin template template0 encoding 'SQL_ASCII' locale 'C'")
    latin = url.replace(connection.info.dbname, "latin")
    try:
        with psycopg.connect(latin, autocommit=True, client_encoding="latin1") as other:
            other.execute("create sequence caf\u00e9 maxvalue 3")
        assert examine(latin).check("sequences").why == "names in this database are not in UTF-8"
    finally:
        connection.execute("drop database latin")
