"""Along which keys a backfill goes: every row is passed once, whatever the key, or the key is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event

from dbkit.migrate.backfill import filling, limits
from dbkit.migrate.errors import RevisionFailed
from dbkit.migrate.report import Report
from dbkit.migrate.techniques import atomically, backfill
from tests.migrate.backfill.conftest import ROWS, TABLE, AHundred
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

DONE = "SELECT count(*) FILTER (WHERE double = size * 2), count(*) FROM things"


def filled(column: str, value: str) -> str:
    name, _, _ = column.partition(" ")
    return (
        f"ALTER TABLE things ADD {column}; UPDATE things SET {name} = {value};"
        f" ALTER TABLE things ALTER {name} SET NOT NULL; "
    )


KEYS = {
    "the primary key": ("", ()),
    "one column": ("CREATE UNIQUE INDEX ON things (code)", ("code",)),
    "several columns": ("CREATE INDEX ON things (tenant, code)", ("tenant", "code")),
    "the beginning of an index": ("CREATE INDEX ON things (tenant, code, size)", ("tenant", "code")),
    "backwards": ("CREATE INDEX ON things (tenant DESC, code DESC)", ("tenant", "code")),
    "shared by many rows": ("CREATE INDEX ON things (tenant)", ("tenant",)),
    "with more in the index": ("CREATE UNIQUE INDEX ON things (code) INCLUDE (size)", ("code",)),
    "a moment": (
        filled("seen timestamptz", "timestamptz '2024-01-01' + id * interval '1 us'") + "CREATE INDEX ON things (seen)",
        ("seen",),
    ),
    "a float": (filled("part float", "1.0 / id") + "CREATE INDEX ON things (part)", ("part",)),
    "padded text and a uuid": (
        filled("p char(9)", "code") + filled("u uuid", "gen_random_uuid()") + "CREATE INDEX ON things (p, u)",
        ("p", "u"),
    ),
}


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("name", KEYS)
def test_every_row_is_changed_once(things: Connection, name: str) -> None:
    index, key = KEYS[name]
    things.execute(index.encode())
    things.execute("ALTER TABLE things ADD written int NOT NULL DEFAULT 0")
    assign = "double = things.size * 2, written = things.written + 1"
    backfill("things", assign, where="double IS DISTINCT FROM things.size * 2", key=key)
    assert things.execute(DONE).fetchone() == (5000, 5000)
    assert things.execute("SELECT DISTINCT written FROM things").fetchall() == [(1,)]


@pytest.mark.parametrize("name", KEYS)
def test_a_batch_of_a_run_sees_how_far_the_next_one_goes(
    line: LineFolder, run: Callable[..., Report], connection: Connection, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(filling, "BatchSize", AHundred)
    # A batch that a busy machine does not get done in time is done again.
    for module in (filling, limits):
        monkeypatch.setattr(module, "BATCH_SECONDS_MAX", 60.0)
    index, key = KEYS[name]
    line.add("create_things", TABLE, ROWS, *filter(str.strip, index.split(";")), "ANALYZE things")
    run()
    call = f">backfill('things', 'double = size * 2', where='double IS NULL', key={key})"
    line.add("double_things", call, transactional=False, phase="DATA")
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        run()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert connection.execute(DONE).fetchone() == (5000, 5000)
    assert len([each for each in seen if "UPDATE things SET double" in each]) > 5
    assert len([each for each in seen if each.startswith("SELECT ARRAY")]) == 1


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("key", "says"),
    [
        (("size",), "things.size may be null"),
        (("tenant", "size"), "things.size may be null"),
        (("nothing",), "things has no column nothing"),
        (("code",), r"no index on \(code\)"),
        (("tenant", "id"), r"no index on \(tenant, id\)"),
    ],
)
def test_a_key_that_does_not_do_is_refused_by_name(things: Connection, key: tuple[str, ...], says: str) -> None:
    things.execute("CREATE INDEX ON things (size)")
    with pytest.raises(RevisionFailed, match=says):
        backfill("things", "double = 1", where="double IS NULL", key=key)
    assert things.execute(DONE).fetchone() == (0, 5000)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "index",
    [
        "CREATE INDEX ON things (tenant, code) WHERE size > 1",
        "CREATE INDEX ON things (tenant, code DESC)",
        "CREATE INDEX ON things (code, tenant)",
        "CREATE INDEX ON things (tenant) INCLUDE (code)",
        "CREATE INDEX ON things (tenant, lower(code))",
    ],
)
def test_an_index_that_does_not_lead_past_all_rows(things: Connection, index: str) -> None:
    things.execute(index.encode())
    with pytest.raises(RevisionFailed, match="no index"):
        backfill("things", "double = 1", where="double IS NULL", key=("tenant", "code"))


@pytest.mark.usefixtures("alone")
def test_a_table_without_a_primary_key(things: Connection) -> None:
    things.execute("ALTER TABLE things DROP CONSTRAINT things_pkey")
    with pytest.raises(RevisionFailed, match="no primary key"):
        backfill("things", "double = 1", where="double IS NULL")


@pytest.mark.usefixtures("alone")
def test_in_a_transaction_it_is_refused(things: Connection) -> None:
    with pytest.raises(RevisionFailed, match="in a transaction"), atomically():
        backfill("things", "double = 1", where="double IS NULL")


@pytest.mark.usefixtures("alone")
def test_from_another_table_with_signs_that_mean_something_to_drivers(things: Connection) -> None:
    things.execute("CREATE TABLE names (thing int PRIMARY KEY, name text)")
    things.execute("INSERT INTO names SELECT id, '100%s :after' FROM things WHERE id <= 3")
    backfill(
        "things",
        "code = name || '%'",
        using="names AS n",
        where="n.thing = things.id AND n.name LIKE '100\\%s :%' AND things.code <> n.name || '%'",
    )
    found = things.execute("SELECT id, code FROM things WHERE code LIKE '100%%' ORDER BY id").fetchall()
    assert found == [(number, "100%s :after%") for number in (1, 2, 3)]


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("rows", [0, 1, 1000, 1001])
def test_tables_of_any_size(things: Connection, rows: int) -> None:
    things.execute("DELETE FROM things WHERE id > %s", (rows,))
    backfill("things", "double = size * 2", where="double IS NULL")
    assert things.execute(DONE).fetchone() == (rows, rows)


@pytest.mark.usefixtures("alone")
def test_partitions(connection: Connection) -> None:
    connection.execute("CREATE TABLE parts (id int PRIMARY KEY, done bool) PARTITION BY RANGE (id)")
    connection.execute("CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1500)")
    connection.execute("CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (1500) TO (9000)")
    connection.execute("INSERT INTO parts SELECT n FROM generate_series(1, 3000) AS n")
    backfill("parts", "done = true", where="done IS NULL")
    assert connection.execute("SELECT count(*) FROM parts WHERE done").fetchone() == (3000,)
