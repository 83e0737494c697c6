"""The bytes of numbers, arrays and documents as PostgreSQL stores them: how many, and how well they are compressed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import Any

import psycopg
import pytest
from pydantic_core import to_json

from dbkit.memory.documents import document_of
from dbkit.memory.number_types import NumericType
from dbkit.memory.stored_bytes import array_bytes, document_bytes, numeric_bytes
from dbkit.testing.templates import Databases
from tests.fix_server import database_url
from tests.memory.both import Asked
from tests.memory.test_compression import kept_bytes

EDGES = (
    *("NaN", "Infinity", "-Infinity", "0", "0.00", "1E+10", "9999", "10000", "-10000.0001", "0.0001", "1.0000", "1E-9"),
    # The short header has room for 63 digits behind the point, and for weights from -64 to 63.
    *("1E-63", "1E-64", "1E-256", "1E-257", "1E-260", "1E+252", "1E+255", "1E+256", f"1{'0' * 63}.{'0' * 63}"),
)


def numbers(chance: random.Random) -> Iterator[Decimal]:
    """Give numbers with zeros in many places."""
    yield from map(NumericType().accept, map(Decimal, EDGES))
    for length in (1, 3, 4, 5, 8, 40, 300, 2_000):
        for zeros in (0, 1, 3, 4, 64, 300):
            whole, fraction = ("".join(chance.choices("0000123456789", k=length)) for _ in range(2))
            yield NumericType().accept(Decimal(f"{chance.choice('+-')}{whole}.{'0' * zeros}{fraction[:70]}"))


def lists(chance: random.Random) -> Iterator[tuple[str | None, ...]]:
    """Give arrays with NULL and without, of which the bitmap fills its bytes or does not."""
    yield from ((), ("",), (None,), ("a", None), (None,) * 77, tuple(map(str, range(1_000))))
    for count in (7, 8, 9, 63, 64, 65, 300):
        several = (None, "a", "é" * chance.randrange(9), "abc" * chance.randrange(9))
        yield tuple(chance.choices(several, k=count))
        yield tuple("abcdefgh"[: chance.randrange(9)] for _ in range(count))


def documents(chance: random.Random) -> Iterator[Any]:
    """Give documents of all kinds of parts, with more of them than one entry in so many tells the place of."""
    yield from ("", "a", 0, 1.5, True, False, [], {}, [[]], [{}], [None])
    for count, depth in ((1, 0), (31, 1), (32, 1), (33, 1), (34, 1), (70, 2), (300, 3)):
        yield {f"k{number}": part(chance, depth) for number in range(count)}
        yield [part(chance, depth) for _ in range(count)]


def part(chance: random.Random, depth: int) -> Any:
    """Return a part of a document that has no more than three levels below the first."""
    kind = chance.choice("lotttnnfb") if depth < 3 else chance.choice("tnfb")
    if kind == "l":
        return [part(chance, depth + 1) for _ in range(chance.choice((0, 1, 3, 40)))]
    if kind == "o":
        count = chance.choice((0, 2, 20))
        return {"kéy"[: number % 4] + str(number): part(chance, depth + 1) for number in range(count)}
    if kind == "t":
        return chance.choice("xyzé") * chance.randrange(20)
    if kind == "n":
        return chance.choice((0, 1, -5, 10_000, 99_999_999_999, -(10**30), 10**60))
    return chance.choice((1.5, 0.1, 1e-7, 1e300, 100.0, 1e-300)) if kind == "f" else chance.choice((True, False, None))


def of_document(document: Any) -> bytes:
    return document_bytes(document_of(document))


KINDS: Mapping[str, tuple[Callable[[random.Random], Iterator[Any]], Callable[[Any], bytes], Callable[[Any], Any]]] = {
    "numeric": (numbers, numeric_bytes, str),
    "text[]": (lists, partial(array_bytes, is_varchar=False), list),
    "varchar[]": (lists, partial(array_bytes, is_varchar=True), list),
    "jsonb": (documents, of_document, lambda document: to_json(document).decode()),
}


def sizes(server: Databases, kind: str, given: list[Any]) -> list[Any]:
    """Return of each value how many bytes it takes, and to how many it is compressed, both without headers."""
    with database_url(server) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE stored (place integer, filler bytea, value {kind})")
        # A row that is too long for its page only because of what may not be compressed.
        connection.execute("ALTER TABLE stored ALTER COLUMN filler SET STORAGE PLAIN")
        connection.execute("ALTER TABLE stored ALTER COLUMN value SET STORAGE MAIN")
        taken = []
        for place, value in enumerate(given):
            size = connection.execute(f"SELECT pg_column_size(%s::{kind}) - 4", (value,)).fetchone()
            connection.execute(f"INSERT INTO stored VALUES (%s, %s, %s::{kind})", (place, b"x" * 2_100, value))
            taken.append(size and size[0])
        size = "CASE WHEN pg_column_compression(value) IS NOT NULL THEN pg_column_size(value) - 8 END"
        kept = [found for (found,) in connection.execute(f"SELECT {size} FROM stored ORDER BY place")]
    return [*zip(taken, kept, strict=True)]


@pytest.mark.parametrize("kind", KINDS)
def test_values_take_as_many_bytes_as_in_postgresql(asked: Asked, kind: str) -> None:
    """The twin has the very bytes, as it tells from how many are left of them after compression."""
    draw, bytes_of, sent = KINDS[kind]
    given = [*draw(random.Random(kind))]
    of_server = cache(lambda: sizes(asked.server, kind, [*map(sent, given)]) if asked.server is not None else [])
    differing = []
    for place, value in enumerate(given):
        own = bytes_of(value)
        size = len(own), kept_bytes(own)
        said = asked.heard.difference((False, repr(size)), lambda place=place: (False, repr(of_server()[place])))
        if said is not None:
            differing.append((repr(value)[:80], size, said))
    assert differing == []
