"""What the parser reads, as actions; and the driver's placeholders, which it would not understand."""

from __future__ import annotations

import pytest

from dbkit.migrate.linting.actions import (
    Action,
    AddColumn,
    AlterEnum,
    ColumnPart,
    ConstraintPart,
    CreateIndex,
    Drop,
    Rename,
    Rows,
    SetVariable,
)
from dbkit.migrate.linting.capture import without_placeholders
from dbkit.migrate.linting.parsing import identifiers, is_understood, parsed
from dbkit.migrate.linting.reading import actions_of

CHECK = ConstraintPart(kind="check", columns=("x",))


@pytest.mark.parametrize(
    ("sql", "action"),
    [
        (
            "ALTER TABLE s.t ADD x int DEFAULT now() CHECK (x > 0)",
            AddColumn(
                table="t",
                column=ColumnPart(name="x", type="integer", has_default=True, functions=("now",), constraints=(CHECK,)),
            ),
        ),
        (
            "CREATE INDEX CONCURRENTLY ON t (lower(a), b)",
            CreateIndex(name="", table="t", columns=("", "b"), concurrently=True),
        ),
        ("DROP TRIGGER g ON t", Drop(what="trigger", names=("g",), of="t")),
        ("DROP TYPE IF EXISTS s.m CASCADE", Drop(what="type", names=("m",), cascade=True, if_exists=True)),
        ("ALTER TABLE t RENAME a TO b", Rename(what="column", relation="t", name="a", to="b")),
        ("ALTER TYPE m RENAME VALUE 'a' TO 'b'", Rename(what="enum value", relation="m", name="a", to="b")),
        ("ALTER TYPE m ADD VALUE 'b' BEFORE 'a'", AlterEnum(name="m", value="b", placed=True)),
        ("SET lock_timeout = 0", SetVariable(name="lock_timeout", value="0")),
        ("SELECT set_config('a.b', 'c', true)", SetVariable(name="a.b", value="c", is_local=True)),
        ("RESET ALL", SetVariable(name="all")),
    ],
)
def test_a_statement_is_read(sql: str, action: Action) -> None:
    assert actions_of(sql)[0] == action


@pytest.mark.parametrize(
    ("where", "filtered"),
    [
        ("", False),
        ("WHERE true", False),
        ("WHERE t.id = u.id", False),
        ("WHERE t.id = u.id AND t.kind = u.kind", False),
        ("WHERE is_live", True),
        ("WHERE a IS DISTINCT FROM b", True),
        ("WHERE a > b", True),
        ("WHERE a = 1", True),
        ("WHERE a IN (SELECT 1)", True),
    ],
)
def test_a_condition_that_only_joins_leaves_no_row_out(where: str, filtered: bool) -> None:
    (found,) = actions_of(f"UPDATE t SET v = 1 FROM u {where}")
    assert isinstance(found, Rows)
    assert found.filtered is filtered


def test_rows_are_written_in_the_with_of_a_select_too() -> None:
    first, last = actions_of("WITH gone AS (DELETE FROM t WHERE a = 1 RETURNING *) SELECT count(*) FROM gone")
    assert isinstance(first, Rows)
    assert isinstance(last, Rows)
    assert (first.what, first.table, last.what) == ("delete", "t", "select")


def test_what_is_no_sql_is_told() -> None:
    assert (is_understood("SELEC 1"), is_understood("SELECT 1")) == (False, True)
    assert (actions_of("SELEC 1"), list(identifiers("SELECT 'a"))) == ((), [])


def test_a_text_is_parsed_once() -> None:
    assert parsed("SELECT 1 AS once") is parsed("SELECT 1 AS once")


def test_identifiers_are_whole() -> None:
    name = "é" * 40
    assert name in identifiers(f'SELECT "{name}"')


@pytest.mark.parametrize(
    ("text", "literally", "plain"),
    [
        ("SELECT %s, %(name)s, 5 %% 2", False, "SELECT $1, $2, 5 % 2"),
        ("SELECT 5 % 2", True, "SELECT 5 % 2"),
        ("SELECT %b::text", False, "SELECT $1::text"),
    ],
)
def test_placeholders_are_parameters(text: str, literally: bool, plain: str) -> None:
    assert without_placeholders(text, literally=literally) == plain
