"""Applying and taking back: what is applied, in which order, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dbkit.migrate.errors import (
    DatabaseAhead,
    DowngradeImpossible,
    DowngradeLoses,
    LineBroken,
    LineChanged,
    RevisionFailed,
    RevisionUnknown,
    TwoPlaces,
    VersionMissing,
)
from dbkit.migrate.report import Options, Report
from dbkit.migrate.runner import apply, down
from dbkit.types.errors import AlreadyExists, ConfigurationInvalid, DbkitError, PermissionDenied
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, has, lock_of_runners, place


def test_all_pending_then_nothing(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    ids = line.tables("a", "b", "c")
    report = run()
    assert [step.revision.id for step in report.steps] == ids
    assert (report.before, report.after and report.after.id, report.pending) == (None, ids[-1], 0)
    assert place(connection) == [ids[-1]]
    again = run()
    assert (again.steps, again.after) == ((), report.after)


def test_a_count_or_a_goal(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    ids = line.tables("a", "b", "c", "d")
    assert run(count=1).pending == 3
    assert run(to="create_c").pending == 1
    assert run(to=ids[1]).steps == ()
    assert place(connection) == [ids[2]]
    assert [step.revision.slug for step in run(down, count=2).steps] == ["create_c", "create_b"]
    run(down, to="base")
    assert place(connection) == []
    assert not has(connection, "a")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"count": 0}, ConfigurationInvalid),
        ({"count": 1, "to": "create_a"}, ConfigurationInvalid),
        ({"to": "2024"}, RevisionUnknown),
        ({"to": "no_such"}, RevisionUnknown),
    ],
)
def test_a_goal_that_is_none(
    run: Callable[..., Report], line: LineFolder, arguments: dict[str, Any], error: type[DbkitError]
) -> None:
    line.tables("a", "b")
    with pytest.raises(error):
        run(**arguments)


def test_down_to_what_has_not_been_applied(run: Callable[..., Report], line: LineFolder) -> None:
    line.tables("a", "b")
    run(count=1)
    with pytest.raises(RevisionUnknown, match="not been applied"):
        run(down, to="create_b")


def test_memory_needs_no_schema(line: LineFolder) -> None:
    line.tables("a")
    assert not apply("memory://", line=line.folder).needed


def test_settings_of_the_session(run: Callable[..., Report], line: LineFolder, connection: Connection) -> None:
    connection.execute(f"ALTER DATABASE {connection.info.dbname} SET timezone = 'Europe/Berlin'")
    connection.execute(f"ALTER DATABASE {connection.info.dbname} SET statement_timeout = '500ms'")
    connection.execute(f"ALTER DATABASE {connection.info.dbname} SET deadlock_timeout = '1s'")
    names = "TimeZone,search_path,lock_timeout,statement_timeout,client_connection_check_interval,application_name"
    rows = f"unnest(string_to_array('{names}', ',')) WITH ORDINALITY AS s(name, n)"
    into = f"CREATE TABLE %s AS SELECT string_agg(current_setting(name), '|' ORDER BY n) AS found FROM {rows}"
    one = line.add("inside", into % "inside")
    two = line.add("outside", into % "outside", transactional=False)
    run(options=Options(statement_seconds=7))
    found = [connection.execute(f"SELECT found FROM {table}").fetchone() for table in ("inside", "outside")]
    assert found == [
        (f'UTC|"public"|30ms|7s|1s|dbkit migrate {one}',),
        (f'UTC|"public"|300ms|0|1s|dbkit migrate {two}',),
    ]


def test_another_schema_has_a_line_of_its_own(postgres_url: str, line: LineFolder, connection: Connection) -> None:
    line.tables("a")
    connection.execute('CREATE SCHEMA "Other"')
    for url in (postgres_url, f"{postgres_url}&options=-csearch_path%3D%22Other%22"):
        assert len(apply(url, line=line.folder).steps) == 1
    assert has(connection, '"Other".a')
    assert has(connection, '"Other".alembic_version')


def test_a_transactional_revision_leaves_nothing_when_it_fails(
    run: Callable[..., Report], line: LineFolder, connection: Connection
) -> None:
    first, _ = line.tables("a", "b")
    line.path("20240101000002", "create_b").unlink()
    line.hash()
    line.add("fails", "CREATE TABLE b (id int)", "INSERT INTO a VALUES (1)", "SELECT secret FROM a")
    with pytest.raises(RevisionFailed) as caught:
        run()
    says = str(caught.value)
    assert "20240101000002 fails (line 21)" in says
    assert "UndefinedColumn" in says
    assert "Nothing of it was kept" in says
    assert caught.value.sqlstate == "42703"
    assert place(connection) == [first]
    assert not has(connection, "b")


def test_rows_stay_out_of_messages(run: Callable[..., Report], line: LineFolder) -> None:
    line.add("one", "CREATE TABLE a (mail text PRIMARY KEY)", "INSERT INTO a VALUES ('ann@example.org')")
    line.add("two", "INSERT INTO a VALUES ('ann@example.org')")
    with pytest.raises(AlreadyExists) as caught:
        run()
    assert "20240101000002 two" in str(caught.value)
    assert caught.value.constraint == "a_pkey"
    assert "ann" not in f"{caught.value}{caught.value.__cause__}{caught.value.__context__}"


def test_a_fault_in_a_revisions_own_code(run: Callable[..., Report], line: LineFolder) -> None:
    line.add("wrong", ">raise KeyError('secret')")
    with pytest.raises(RevisionFailed, match=r"wrong \(line 19\): it raised KeyError") as caught:
        run()
    assert "secret" not in str(caught.value)


def test_one_without_a_transaction_goes_on_where_it_stopped(
    run: Callable[..., Report], line: LineFolder, connection: Connection
) -> None:
    create = ">has_table('a') or op.execute('CREATE TABLE a AS SELECT 1 AS id FROM generate_series(1, 2)')"
    index = ">create_index_concurrently('ix', 'a (id)', unique=True)"
    line.tables("first")
    id = line.add("resumable", create, index, transactional=False)
    with pytest.raises(AlreadyExists, match="resumable") as caught:
        run()
    assert "it goes on where it stopped" in str(caught.value)
    assert has(connection, "a")
    connection.execute("DELETE FROM a WHERE ctid = '(0,1)'")
    assert run().after is not None
    assert place(connection) == [id]


def test_downgrades_are_looked_at_before_anything_is_changed(
    run: Callable[..., Report], line: LineFolder, connection: Connection
) -> None:
    line.add("never", "CREATE TABLE a (id int)", downgrade="Impossible('gone for good')", undo=("DROP TABLE a",))
    line.add("loses", "CREATE TABLE b (id int)", downgrade="Lossy(lost='b', rows=('b',))", undo=("DROP TABLE b",))
    ids = line.tables("c")
    run()
    with pytest.raises(DowngradeLoses, match="loses b"):
        run(down, count=2)
    with pytest.raises(DowngradeImpossible, match="gone for good"):
        run(down, count=3, options=Options(lossy=True))
    assert place(connection) == ids
    assert len(run(down, count=2, options=Options(lossy=True)).steps) == 2


def edited(line: LineFolder, _connection: Connection) -> None:
    path = line.path("20240101000001", "create_a")
    path.write_text(path.read_text() + "# edited\n")


def broken(line: LineFolder, _connection: Connection) -> None:
    path = line.path("20240101000002", "create_b")
    path.write_text(path.read_text().replace("20240101000001", "20230101000001"))
    line.hash()


def tables_without_a_version(_line: LineFolder, connection: Connection) -> None:
    connection.execute("DROP TABLE alembic_version")


def a_version_table_without_a_row(_line: LineFolder, connection: Connection) -> None:
    connection.execute("DELETE FROM alembic_version")


def two_rows(_line: LineFolder, connection: Connection) -> None:
    connection.execute("INSERT INTO alembic_version VALUES ('20240101000002')")


def unknown(_line: LineFolder, connection: Connection) -> None:
    connection.execute("UPDATE alembic_version SET version_num = '20231231000000'")


def ahead(_line: LineFolder, connection: Connection) -> None:
    connection.execute("UPDATE alembic_version SET version_num = '20990101000000'")


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (edited, LineChanged, "20240101000001_create_a.py was edited"),
        (broken, LineBroken, "20240101000002_create_b.py: it stands behind 20230101000001"),
        (tables_without_a_version, VersionMissing, "dbkit migrate adopt"),
        (a_version_table_without_a_row, VersionMissing, "no row says"),
        (two_rows, TwoPlaces, "20240101000001, 20240101000002"),
        (unknown, RevisionUnknown, "20231231000000"),
        (ahead, DatabaseAhead, "20990101000000, and this line ends at 20240101000002"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_refused_before_anything_runs(
    run: Callable[..., Report],
    line: LineFolder,
    connection: Connection,
    change: Callable[[LineFolder, Connection], None],
    error: type[DbkitError],
    says: str,
) -> None:
    line.tables("a", "b")
    run(count=1)
    change(line, connection)
    with pytest.raises(error) as caught:
        run()
    assert type(caught.value) is error
    assert says in str(caught.value)
    assert not has(connection, "b")
    assert lock_of_runners(connection)


def test_a_role_without_rights(
    run: Callable[..., Report], line: LineFolder, postgres_url: str, connection: Connection
) -> None:
    line.tables("a")
    role = f"r_{connection.info.dbname}"
    connection.execute(f"CREATE ROLE {role} LOGIN")
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    try:
        with pytest.raises(PermissionDenied, match="may not make dbkit's own tables in schema public"):
            apply(f"{postgres_url}&user={role}", line=line.folder)
    finally:
        connection.execute(f"DROP ROLE {role}")
