"""Statements of others are shown without the values in them."""

from __future__ import annotations

import pytest

from dbkit.migrate.query_text import shown_query


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("SELECT * FROM t1 WHERE a = 'it''s' AND b = 42", "SELECT * FROM t1 WHERE a = ? AND b = ?"),
        ("SELECT E'a\\'b' || 'c'", "SELECT ? || ?"),
        ("SELECT U&'d\\0061t' , B'01', x'ff'", "SELECT ? , ?, ?"),
        ("SELECT $$it's$$, $tag$ $$ 'x' $tag$, 1", "SELECT ?, ?, ?"),
        ("SELECT $1, $2::int4, t2.c3, -1.5e-3, .5, 0xff", "SELECT $1, $2::int4, t2.c3, -?, ?, ?"),
        ('SELECT "it\'s 1", a$1 FROM "T 2"', 'SELECT "it\'s 1", a$1 FROM "T 2"'),
        ("SELECT 1 -- secret\n+ /* secret */ 2", "SELECT ? + ?"),
        ("UPDATE t SET password = 'secr", "UPDATE t SET password = ?"),
        ("UPDATE t SET password = E'secr\\", "UPDATE t SET password = ?"),
        ("SELECT $$secr", "SELECT ?"),
        ("SELECT /* secr", "SELECT"),
        ("SELECT\n\t  a", "SELECT a"),
    ],
)
def test_values_are_hidden(query: str, shown: str) -> None:
    assert shown_query(query) == shown


def test_long_ones_are_cut_off() -> None:
    assert shown_query("SELECT " + "a, " * 100, 20) == "SELECT a, a, a, a, …"
