from __future__ import annotations

import pickle
from collections.abc import Callable

import psycopg
import psycopg_pool
import pytest
from psycopg import pq, waiting

from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.errors import Operation, line_of_copy, report_of_exception, translate, translate_exception
from dbkit.sqldb.refusal import connect_refusal
from dbkit.types import errors
from dbkit.types.errors import DbkitError, ServerReport
from tests.sqldb.wire_values import statement

FIELDS = {"uq_teams_name": ("name",), "uq_teams_name_123": ("other",)}
CREATE = Operation("create", "teams", {"id": 1}, "teams", lambda name: FIELDS.get(name, ()), row=3)


@pytest.mark.parametrize(
    ("sqlstate", "class_"),
    [
        ("08006", errors.Unavailable),
        ("22001", errors.ValueInvalid),
        ("22003", errors.ValueInvalid),
        ("22P02", errors.ValueInvalid),
        ("22P05", errors.ValueInvalid),
        ("2200H", errors.ResourceError),
        ("23502", errors.ValueMissing),
        ("23503", errors.ReferenceMissing),
        ("23505", errors.AlreadyExists),
        ("23514", errors.CheckFailed),
        ("23P01", errors.ExclusionViolated),
        ("25006", errors.ReadOnly),
        ("25P02", errors.TransactionAborted),
        ("25P03", errors.Unavailable),
        ("28000", errors.AuthenticationFailed),
        ("28P01", errors.AuthenticationFailed),
        ("3D000", errors.ConfigurationInvalid),
        ("3F000", errors.SchemaMismatch),
        ("40001", errors.TransactionConflict),
        ("40P01", errors.TransactionConflict),
        ("42501", errors.PermissionDenied),
        ("42601", DbkitError),
        ("42703", errors.SchemaMismatch),
        ("42P01", errors.SchemaMismatch),
        ("42P10", errors.SchemaMismatch),
        ("53100", errors.ResourceError),
        ("53300", errors.Unavailable),
        ("54000", errors.ValueInvalid),
        ("55P03", errors.LockNotAvailable),
        ("57014", errors.Timeout),
        ("57P01", errors.Unavailable),
        ("57P03", errors.Unavailable),
        ("57P05", errors.Unavailable),
        ("XX000", DbkitError),
    ],
)
def test_every_sqlstate_has_its_class(sqlstate: str, class_: type[DbkitError]) -> None:
    report = ServerReport(sqlstate)
    error = translate(report, CREATE)
    assert type(error) is class_
    assert (error.sqlstate, error.entity, error.key, error.row) == (sqlstate, "teams", {"id": 1}, 3)
    assert error.__cause__ is report
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("verb", "table", "class_"),
    [
        ("create", "teams", errors.ReferenceMissing),
        ("create_many", "teams", errors.ReferenceMissing),
        ("upsert", "teams", errors.ReferenceMissing),
        ("update", "teams", errors.ReferenceMissing),
        ("update", "teams_102104", errors.ReferenceMissing),
        ("update", "members", errors.StillReferenced),
        ("delete", "members", errors.StillReferenced),
        ("purge", "teams", errors.StillReferenced),
        ("commit", "members", errors.ReferenceMissing),
        ("execute", "members", errors.ReferenceMissing),
    ],
)
def test_verb_and_table_tell_what_a_foreign_key_says(verb: str, table: str, class_: type[DbkitError]) -> None:
    report = ServerReport("23503", table=table, constraint="fk_teams_parent_team_id")
    assert type(translate(report, Operation(verb, table="teams"))) is class_


@pytest.mark.parametrize(
    ("reported", "constraint", "fields"),
    [
        ("uq_teams_name", "uq_teams_name", ("name",)),
        ("uq_teams_name_102104", "uq_teams_name", ("name",)),
        ("uq_teams_name_123", "uq_teams_name_123", ("other",)),
        ("uq_unknown", "uq_unknown", ()),
    ],
)
def test_constraint_of_a_shard_is_still_that_constraint(
    reported: str, constraint: str, fields: tuple[str, ...]
) -> None:
    error = translate(ServerReport("23505", table="teams", constraint=reported), CREATE)
    assert (error.constraint, error.fields) == (constraint, fields)


def test_column_is_the_field() -> None:
    assert translate(ServerReport("23502", column="name"), CREATE).fields == ("name",)


@pytest.mark.parametrize(
    ("exception", "class_"),
    [
        (psycopg.OperationalError("connection lost"), errors.Unavailable),
        (psycopg.errors.ConnectionTimeout("late"), errors.Unavailable),
        (psycopg.InterfaceError("odd"), errors.Unavailable),
        (psycopg.DataError("NUL"), errors.ValueInvalid),
        (psycopg.ProgrammingError("cannot adapt"), DbkitError),
        (psycopg_pool.PoolTimeout("none free"), errors.PoolExhausted),
        (psycopg_pool.TooManyRequests("queue full"), errors.PoolExhausted),
        (psycopg_pool.PoolClosed("shut"), errors.DatabaseClosed),
    ],
    ids=lambda parameter: type(parameter).__name__ if isinstance(parameter, Exception) else "",
)
def test_drivers_own_errors(exception: psycopg.Error, class_: type[DbkitError]) -> None:
    error = translate_exception(exception)
    assert type(error) is class_
    assert error.sqlstate is None
    assert str(exception) not in str(error)


def test_no_row_is_kept(connection: DbkitConnection) -> None:
    connection.execute("create temp table guarded (secret text check (secret <> 'hunter2'))")
    insert = statement("insert into guarded values ($1)", "name")
    with pytest.raises(ServerReport) as caught:
        run(connection, insert, ("hunter2",))
    from_wire = translate(caught.value)
    try:
        connection.execute("insert into guarded values ('hunter2')")
    except psycopg.Error as error:
        report = report_of_exception(error)
    from_driver = translate(report)
    for found in (from_wire, from_driver):
        assert isinstance(found, errors.CheckFailed)
        assert found.constraint == "guarded_secret_check"
        assert isinstance(found.__cause__, ServerReport)
        assert found.__cause__.kind == "CheckViolation"
        assert b"hunter2" not in pickle.dumps((found, found.__cause__))


def _refusal(conninfo: str) -> DbkitError | None:
    return waiting.wait_conn(connect_refusal(conninfo), interval=0.1, timeout=10)


@pytest.mark.parametrize(
    ("change", "class_", "sqlstate"),
    [
        (lambda dsn: f"{dsn} user=nobody", errors.AuthenticationFailed, "28000"),
        (lambda dsn: f"{dsn} user=guarded password=wrong", errors.AuthenticationFailed, "28P01"),
        (lambda dsn: f"{dsn} user=guarded", errors.AuthenticationFailed, None),
        (lambda dsn: f"{dsn} user=guarded password=right dbname=nowhere", errors.ConfigurationInvalid, "3D000"),
        (lambda dsn: f"{dsn} port=1", errors.Unavailable, None),
        (lambda _dsn: "host=127.0.0.1 port=1", errors.Unavailable, None),
        (lambda _dsn: "host=nowhere.invalid", errors.Unavailable, None),
        (lambda _dsn: "no=such option", errors.ConfigurationInvalid, None),
    ],
)
def test_refused_connections_are_told_apart(
    guarded_dsn: str,
    change: Callable[[str], str],
    class_: type[DbkitError],
    sqlstate: str | None,
) -> None:
    error = _refusal(change(guarded_dsn))
    assert type(error) is class_
    # Before version 18, libpq does not trace every message of a connection's start.
    assert error.sqlstate == sqlstate or (error.sqlstate is None and pq.version() < 180000)
    assert "wrong" not in repr(error) + repr(error.__cause__)


def test_connection_that_works_now_is_no_refusal(dsn: str) -> None:
    assert _refusal(dsn) is None


@pytest.mark.parametrize(
    ("context", "line"),
    [
        ("COPY shelf_2, line 30", 30),
        ("COPY shelf_2, Zeile 3", 3),
        ("COPY shelf_2、行 7", 7),
        ("COPY shelf_2_102008, line 3", None),
        ("COPY shelf_2, line 3, column part2", None),
        ('SQL statement "INSERT"\nCOPY shelf_2, line 3', None),
        ("COPY shelf_2", None),
        (None, None),
    ],
)
def test_the_line_of_a_copy_is_the_only_number_of_its_context(context: str | None, line: int | None) -> None:
    assert line_of_copy(context, "shelf_2") == line
