"""Runs on servers of their own: with a standby, with prepared transactions, with a database of SQL_ASCII."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dbkit.embedded.locks import ticks
from dbkit.migrate.errors import StandbyBehind, TablesBusy
from dbkit.migrate.report import Options
from dbkit.migrate.runner import apply
from dbkit.migrate.status import status
from dbkit.types.errors import ConfigurationInvalid
from tests.faults.node import Node
from tests.migrate.lines import LineFolder
from tests.migrate.running.ears import Heard

MakeNode = Callable[..., Node]


def test_standbys_replay_each_revision_before_the_next(line: LineFolder, make_node: MakeNode) -> None:
    primary = make_node()
    standby = make_node(of=primary)
    line.tables("a")
    line.add("alter_a", "ALTER TABLE a ADD COLUMN b int", locks="{'a': Lock.ACCESS_EXCLUSIVE}")
    apply(primary.url(), line=line.folder)
    assert standby.execute("SELECT b FROM a") == []
    with pytest.raises(ConfigurationInvalid, match="is a replica, which takes no changes"):
        apply(standby.url(), line=line.folder)
    found = status(standby.url(), line=line.folder)
    assert found is not None
    assert found.place.count == 2

    line.tables("c")
    standby.execute("SELECT pg_wal_replay_pause()")
    behind = Heard()
    with pytest.raises(StandbyBehind, match="create_c: waited in vain for standby standby, "):
        apply(primary.url(), line=line.folder, options=Options(patience_seconds=0.5), watch=behind)
    assert len(behind.of("standby")) == 1
    assert primary.execute("SELECT FROM c") == []

    line.tables("d")
    resumed = Heard(standby=lambda: standby.execute("SELECT pg_wal_replay_resume()"))
    assert apply(primary.url(), line=line.folder, watch=resumed).pending == 0
    assert len(resumed.of("standby")) == 1
    assert standby.execute("SELECT FROM d") == []

    primary.execute("CREATE ROLE blind LOGIN")
    primary.execute("ALTER SCHEMA public OWNER TO blind")
    for table in ("alembic_version", "dbkit_migration_history", "dbkit_migration_step"):
        primary.execute(f"ALTER TABLE {table} OWNER TO blind")
    line.tables("e")
    hidden = Heard()
    assert apply(primary.url(user="blind"), line=line.folder, watch=hidden).pending == 0
    assert "there are 1 standbys, and how far they are behind is hidden" in hidden.of("note")[0]["text"]


def test_a_prepared_transaction_is_named(line: LineFolder, make_node: MakeNode) -> None:
    node = make_node(settings={"max_prepared_transactions": "2"})
    line.tables("a")
    apply(node.url(), line=line.folder)
    line.add("alter_a", "ALTER TABLE a ADD COLUMN b int", locks="{'a': Lock.ACCESS_EXCLUSIVE}")
    with node.connect() as other:
        other.execute("BEGIN")
        other.execute("INSERT INTO a VALUES (1)")
        other.execute("PREPARE TRANSACTION 'left behind'")
    with pytest.raises(TablesBusy, match=r"held by prepared transaction left behind \(pid 0, .*prepared for"):
        apply(node.url(), line=line.folder, options=Options(patience_seconds=0.1))
    heard = Heard(busy=lambda: node.execute("COMMIT PREPARED 'left behind'"))
    apply(node.url(), line=line.folder, options=Options(look_seconds=0), watch=heard)
    assert [each["application_name"] for each in heard.of("busy")[0]["holders"]] == ["prepared transaction left behind"]


OFTEN = {"autovacuum_naptime": "1s", "deadlock_timeout": "200ms"}
SLOWLY = "autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 1"


def test_an_autovacuum_gives_way(line: LineFolder, make_node: MakeNode) -> None:
    node = make_node(settings=OFTEN)
    line.add("a", f"CREATE TABLE a WITH ({SLOWLY}) AS SELECT n FROM generate_series(1, 20000) AS n")
    apply(node.url(), line=line.folder)
    node.execute("DELETE FROM a WHERE n % 2 = 0")
    at_work = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'autovacuum:%public.a'"
    for _ in ticks(60.0):
        if node.execute(at_work):
            break
    line.add("alter_a", "ALTER TABLE a ADD COLUMN b int", locks="{'a': Lock.ACCESS_EXCLUSIVE}")
    report = apply(node.url(), line=line.folder, options=Options(look_seconds=30, patience_seconds=30))
    # Another one may begin just then.
    assert report.steps[0].tries <= 3
    assert "canceling autovacuum task" in node.log


def test_a_database_of_sql_ascii(line: LineFolder, make_node: MakeNode, tmp_path: Path) -> None:
    node = make_node()
    node.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    line.tables("a")
    assert apply(node.url("ascii"), line=line.folder).pending == 0
    found = status(node.url("ascii"), line=line.folder)
    assert found is not None
    assert found.is_up_to_date
