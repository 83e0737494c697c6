"""What the words of statements say of indexes, of types, and of tables that they make."""

from __future__ import annotations

import pytest

from dbkit.migrate.forecast.definitions import (
    Index,
    altered_table,
    conversions,
    draws_values,
    index_of,
    looks_up_others,
    made_tables,
    only_looks_for_nulls,
    part_of,
)


@pytest.mark.parametrize(
    ("statement", "name", "index"),
    [
        ("CREATE INDEX ix ON t (a, b DESC)", "ix", Index(("a", "b"))),
        ("create unique index concurrently ix on only s.t using btree (a)", "ix", Index(("a",), unique=True)),
        ("CREATE INDEX ix ON t (lower(a), b)", "ix", Index(("", "b"))),
        ('CREATE INDEX IF NOT EXISTS "Ix" ON t ("A b" COLLATE "C")', "Ix", Index(("A b",))),
        ("CREATE INDEX ix ON t USING gin (a jsonb_path_ops)", "ix", Index(("a",), method="gin")),
        ("CREATE INDEX ix ON t (a) INCLUDE (b) WHERE a IS NULL", "ix", Index(("a",), predicate="a IS NULL")),
        ("ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b)", "u", Index(("a", "b"), unique=True)),
        ("ALTER TABLE t ADD PRIMARY KEY (id)", "t_pkey", Index(("id",), unique=True)),
        ("ALTER TABLE t ADD COLUMN code text UNIQUE", "t_code_key", Index(("code",), unique=True)),
        ("REINDEX INDEX ix", "ix", None),
        ("CREATE INDEX other ON t (a)", "ix", None),
    ],
)
def test_indexes(statement: str, name: str, index: Index | None) -> None:
    assert index_of(statement, name) == index


@pytest.mark.parametrize(
    ("predicate", "part"),
    [
        ("", (1.0, 1.0)),
        ("gone IS NULL", (0.25, 0.25)),
        ("(gone IS NOT NULL)", (0.75, 0.75)),
        ("gone IS NULL AND half IS NULL", (0.125, 0.125)),
        ("gone IS NULL AND kind = 'x'", (0.0, 0.25)),
        ("kind = 'x'", (0.0, 1.0)),
        ("unknown IS NULL", (0.0, 1.0)),
    ],
)
def test_predicates(predicate: str, part: tuple[float, float]) -> None:
    assert part_of(predicate, {"gone": 0.25, "half": 0.5, "unknown": None}) == part


def test_tables_that_come() -> None:
    assert made_tables('CREATE TABLE a (id int); CREATE UNLOGGED TABLE IF NOT EXISTS s."B c" ()') == {"a", "B c"}
    assert made_tables("CREATE MATERIALIZED VIEW m AS SELECT 1") == {"m"}
    assert made_tables("ALTER TABLE old RENAME TO new") == {"new"}
    assert made_tables("ALTER TABLE t RENAME COLUMN a TO b; CREATE INDEX ON t (a)") == set()


def test_types_that_change() -> None:
    assert conversions("ALTER TABLE t ALTER a TYPE bigint, ALTER COLUMN b SET DATA TYPE jsonb USING b::jsonb") == {
        "a": "bigint",
        "b": "jsonb using b",
    }
    assert draws_values("ALTER TABLE t ADD id uuid DEFAULT gen_random_uuid()")
    assert not draws_values("ALTER TABLE t ADD n int DEFAULT 3")


def test_foreign_keys() -> None:
    assert looks_up_others("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES o", 2)
    assert looks_up_others("ALTER TABLE t VALIDATE CONSTRAINT t_a_fkey", 1)
    assert looks_up_others("ALTER TABLE t VALIDATE CONSTRAINT c", 2)
    assert not looks_up_others("ALTER TABLE t VALIDATE CONSTRAINT ck_t_a", 1)
    assert altered_table('ALTER TABLE ONLY s."T" VALIDATE CONSTRAINT c') == "T"
    assert altered_table("CREATE INDEX ON t (a)") is None


def test_columns_that_are_never_empty() -> None:
    assert only_looks_for_nulls("ALTER TABLE t ALTER a SET NOT NULL")
    assert not only_looks_for_nulls("ALTER TABLE t ADD CHECK (a > 1)")
