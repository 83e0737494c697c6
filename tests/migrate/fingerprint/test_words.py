from __future__ import annotations

import pytest

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.fingerprint.compared import Side, compare
from dbkit.migrate.fingerprint.views import unqualified
from dbkit.migrate.fingerprint.words import change, shown


@pytest.mark.parametrize(
    ("usual", "odd", "words"),
    [
        ("text", "text NOT NULL", "is NOT NULL"),
        ("text NOT NULL", "text", "lacks NOT NULL"),
        ("TABLE", "UNLOGGED TABLE", "is UNLOGGED"),
        ("UNLOGGED TABLE", "TABLE", "is not UNLOGGED"),
        ("text DEFAULT 'a b'", "text DEFAULT 'a c'", "has 'a c' in place of 'a b'"),
        ("CHECK ((a > 0))", "CHECK ((a >= 0))", "has >= in place of >"),
        ("varchar(5) NOT NULL", "varchar(6)", "has 6 in place of 5, and lacks NOT NULL"),
        ("a b c d e f g h", "x b y d z f v h", "is x b y d z f v h, not a b c d e f g h"),
        ("a\n b", "a b", "has in line 1 'a b' in place of 'a'"),
    ],
)
def test_a_change_in_words(usual: str, odd: str, words: str) -> None:
    assert change(usual, odd) == words


def test_a_long_definition_is_told_by_its_first_line() -> None:
    lines = [f"line {number}" for number in range(400)]
    other = [*lines[:300], "else", *lines[301:]]
    assert change("\n".join(lines), "\n".join(other)) == "has in line 301 'else' in place of 'line 300'"
    assert len(shown("word " * 400)) < 200


@pytest.mark.parametrize(
    ("live", "line", "models", "found"),
    [
        ("a", "b", "b", ["type t: the live one has a in place of b"]),
        ("b", "a", "b", ["type t: the line's has a in place of b"]),
        ("b", "b", "a", ["type t: the models' has a in place of b"]),
        (None, "b", "b", ["type t: the live database has none, and the line and the models have b"]),
        ("b", "b", None, ["type t: the models have none, and the live database and the line have b"]),
        ("a", None, None, ["type t: only the live database has it: a"]),
        (None, None, "a", ["type t: only the models have it: a"]),
        ("a", "b", "c", ["type t: the live one has a in place of b", "type t: the models' has c in place of b"]),
        ("a", "a", "a", []),
    ],
)
def test_the_odd_one_of_three_is_named(
    live: str | None, line: str | None, models: str | None, found: list[str]
) -> None:
    sides = {
        side: Catalog({} if value is None else {"type t": value})
        for side, value in zip(Side, (live, line, models), strict=True)
    }
    assert [str(each) for each in compare(sides)] == found


def test_of_two_the_first_is_the_odd_one() -> None:
    [found] = compare({Side.MODELS: Catalog({}), Side.LINE: Catalog({"type t": "a"})})
    assert str(found) == "type t: the models have none, and the line has a"
    assert found.as_json() == {"object": "type t", "odd": "models", "what": found.what, "models": None, "line": "a"}


@pytest.mark.parametrize(
    ("definition", "without"),
    [
        (" SELECT t.id\n   FROM t\n  WHERE (t.size > 1);", " SELECT id\n   FROM t\n  WHERE (size > 1);"),
        (" SELECT x.id FROM t x GROUP BY x.id;", " SELECT id FROM t x GROUP BY id;"),
        (' SELECT "T".id FROM "T";', ' SELECT id FROM "T";'),
        (" SELECT a.id FROM (a JOIN b ON ((a.id = b.id)));", None),
        (" SELECT a.id FROM a, b;", None),
        (" SELECT a.id FROM a UNION SELECT b.id FROM b;", None),
        (" SELECT a.id FROM a WHERE (a.id > 1) UNION SELECT b.id FROM b;", None),
        (
            " SELECT t.a, 't.b' AS c, EXTRACT(year FROM t.d) FROM t;",
            " SELECT a, 't.b' AS c, EXTRACT(year FROM d) FROM t;",
        ),
        (" SELECT x.n FROM ( SELECT t.n FROM t) x;", " SELECT n FROM ( SELECT t.n FROM t) x;"),
        (" SELECT 1 AS one;", None),
    ],
)
def test_columns_of_one_relation_are_not_qualified(definition: str, without: str | None) -> None:
    assert unqualified(definition) == (definition if without is None else without)
