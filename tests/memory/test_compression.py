"""How small PostgreSQL makes a value, to the byte: what an index has room for hangs on it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import psycopg

from dbkit.memory.compression import compressed_bytes
from dbkit.testing.templates import Databases
from tests.fix_server import database_url
from tests.memory.both import Asked

ALPHABETS = (b"a", b"ab", b"abcd", bytes(range(0x61, 0x71)), bytes(range(0x78, 0x88)), bytes(range(256)))
LENGTHS = (31, 32, 33, 40, 63, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1_023, 1_024, 1_025)
# How many lists of places there are is a matter of the length: these seeds make values that tell.
SEEDS = {128: 1_739, 256: 304, 512: 213, 1_024: 12}
# Four bytes that are in the same list of places as the first three are at the end of a value of that length.
ENDINGS = (
    (60, "0ced909c fc0c0624 d5c6c6ed 7fba1257"),
    (130, "9954c681 39397f15 db4890db"),
    (300, "0375fc63 7887810c 1b9603b7"),
    (700, "e466c69c 81e181d5 78ea3600"),
    (1_100, "998180c9 8109c975 7effedba 7f1551ab"),
)


def values() -> Iterator[bytes]:
    """Give values that repeat themselves in many ways, more or less."""
    chance = random.Random("compression")
    for _ in range(280):
        yield repeating(chance, chance.choice((*LENGTHS, chance.randrange(32, 2_000), chance.randrange(1_000, 5_500))))
    for length, seed in SEEDS.items():
        yield of_copies(random.Random(seed), length)
    for length, several in ENDINGS:
        yield from (four + b"a" * (length - 7) + four[:3] for four in map(bytes.fromhex, several.split()))
    for length in range(905, 915):
        # The first match comes when enough has been written in vain to give up, or just before.
        yield chance.randbytes(length) * 3
    for length in range(640, 690, 4):
        # About three quarters are left, of which one byte may be too many.
        yield chance.randbytes(length) + b"z" * (1_000 - length)
    for distance in range(4_090, 4_100):
        # A match that is as far away as one can be, or too far.
        yield (word := chance.randbytes(40)) + b"z" * (distance - len(word)) + word


def repeating(chance: random.Random, length: int) -> bytes:
    """Return bytes of which many have been there before, a few or hundreds at a time."""
    made = bytearray(chance.choices(chance.choice(ALPHABETS), k=chance.randrange(1, max(2, length // 2))))
    while len(made) < length:
        if chance.random() < 0.5:
            made += bytes(chance.choices(chance.choice(ALPHABETS), k=chance.randrange(1, 24)))
            continue
        back = min(len(made), chance.choice((1, 2, 3, chance.randrange(1, 600), chance.randrange(4_090, 4_100))))
        count = chance.choice((3, 4, 5, 16, 17, 18, 19, chance.randrange(20, 320)))
        made += (bytes(made[-back:]) * (count // back + 1))[:count]
    return bytes(made[:length])


def of_copies(chance: random.Random, length: int) -> bytes:
    """Return the beginnings and ends of one word, one after the other."""
    letters = bytes(chance.sample(range(256), chance.choice((1, 2, 2, 3, 3, 4, 6))))
    word = bytes(chance.choices(letters, k=chance.choice((8, 16, 30, 60))))
    made = bytearray()
    while len(made) < length:
        start = chance.choice((0, 0, chance.randrange(len(word))))
        made += word[start:][: chance.randrange(4, len(word) + 1)]
        made += bytes(chance.choices(letters, k=chance.choice((0, 0, 1, 2))))
    return bytes(made[:length])


def kept_bytes(value: bytes) -> int | None:
    """Return to how many bytes the twin compresses a value; None, where that with its header would save nothing."""
    size = compressed_bytes(value)
    return None if size is None or size + 8 >= len(value) - 2 else size


def stored_bytes(server: Databases, given: list[bytes]) -> list[int | None]:
    """Return to how many bytes PostgreSQL compresses values, without headers; None for one that it leaves as it is."""
    with database_url(server) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE stored (place integer, filler bytea, value bytea)")
        # A row that is too long for its page only because of what may not be compressed.
        connection.execute("ALTER TABLE stored ALTER COLUMN filler SET STORAGE PLAIN")
        connection.execute("ALTER TABLE stored ALTER COLUMN value SET STORAGE MAIN")
        with connection.cursor() as cursor, cursor.copy("COPY stored FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int4", "bytea", "bytea"])
            for place, value in enumerate(given):
                copy.write_row((place, b"x" * 2_100, value))
        size = "CASE WHEN pg_column_compression(value) IS NOT NULL THEN pg_column_size(value) - 8 END"
        return [found for (found,) in connection.execute(f"SELECT {size} FROM stored ORDER BY place")]


def test_values_are_compressed_as_far_as_by_postgresql(asked: Asked) -> None:
    """The twin counts the bytes that PostgreSQL's own compression leaves of a value."""
    given = [*values()]
    sizes = cache(lambda: stored_bytes(asked.server, given) if asked.server is not None else [])
    differing = []
    for place, value in enumerate(given):
        size = kept_bytes(value)
        of_server = asked.heard.difference((False, repr(size)), lambda place=place: (False, repr(sizes()[place])))
        if of_server is not None:
            differing.append((len(value), value[:40], size, of_server))
    assert differing == []
    assert len({kept_bytes(value) for value in given}) > 100
