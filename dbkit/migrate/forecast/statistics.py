"""How large the tables of a database are, and how fast its server: read from it, or from a file that was made so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.forecast.costs import Server
from dbkit.migrate.forecast.elsewhere import Took
from dbkit.migrate.forecast.rates import GUESSED, Rates, Speed
from dbkit.migrate.forecast.sizes import ColumnSize, IndexSize, TableSize
from dbkit.migrate.forecast.sizes_query import ASKED, COLUMNS, ORIGIN, REMEMBERED, SYSTEM
from dbkit.migrate.running.history import durations
from dbkit.migrate.session import Connection
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Origin", "Statistics"]

_LOCK_TIMEOUT: LiteralString = "SET LOCAL lock_timeout = '100ms'"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which database it was: its server's identifier, where the role may read that, its name and schema.

    `fingerprint` is that of the schema; empty where nobody took it.
    """

    system: str | None = None
    name: str = ""
    schema: str = ""
    fingerprint: str = ""
    server_version: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """The sizes of a database's tables, and at which revision it was: numbers and names, no data.

    `hidden` are tables whose columns the role may not see: widths of their values are guessed. `took` is how long
    revisions took there.
    """

    database: str
    revision: str | None
    tables: Mapping[str, TableSize] = field(default_factory=dict[str, TableSize])
    origin: Origin = Origin()
    hidden: tuple[str, ...] = ()
    sort_bytes: int | None = None
    buffer_bytes: int | None = None
    rates: Rates | None = None
    took: Mapping[str, Took] = field(default_factory=dict[str, Took])

    @property
    def server(self) -> Server:
        """What is known of the server."""
        speed = GUESSED if self.rates is None else Speed.measured(self.rates)
        if self.sort_bytes is None or self.buffer_bytes is None:
            return Server(speed)
        return Server(speed, self.sort_bytes, self.buffer_bytes)

    @classmethod
    def read(cls, connection: Connection, database: str, revision: str | None, fingerprint: str = "") -> Statistics:
        """Read the sizes, in a transaction; where a table is locked against readers, the catalogue's last word counts.

        Asking for a table's size takes its weakest lock for a moment, and waits for it no longer than a tenth
        of a second.
        """
        connection.execute(_LOCK_TIMEOUT)
        found = connection.execute(ORIGIN).fetchone()
        assert found is not None
        name, schema, version, sort_bytes, buffer_bytes, hidden = found
        origin = Origin(_system(connection), name, schema, fingerprint, version)
        closed = tuple(each for each in hidden if each not in TABLES)
        took = {
            id: Took(round(seconds, 3), f"{at:%Y-%m-%d}", hash_)
            for id, (seconds, at, hash_) in durations(connection).items()
        }
        tables = _tables(connection)
        return cls(database, revision, tables, origin, closed, sort_bytes, buffer_bytes, took=took)

    @classmethod
    def load(cls, path: Path) -> Statistics:
        """Read a file that `as_json` was written to; raise `ConfigurationInvalid` where it is none."""
        try:
            return _from_document(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, LookupError, TypeError, AttributeError, OSError):
            pass
        raise ConfigurationInvalid(
            f"{path.name} holds no statistics", advice="Write it with `dbkit migrate statistics URL > FILE`."
        )

    def as_json(self) -> dict[str, Any]:
        """Return them as the file has them."""
        return {
            "database": self.database,
            "revision": self.revision,
            "origin": asdict(self.origin),
            "hidden": list(self.hidden),
            "sort_bytes": self.sort_bytes,
            "buffer_bytes": self.buffer_bytes,
            "rates": None if self.rates is None else self.rates.as_json(),
            "tables": {name: asdict(size) for name, size in self.tables.items()},
            "took": {id: asdict(took) for id, took in self.took.items()},
        }


def _system(connection: Connection) -> str | None:
    try:
        with connection.transaction():
            row = connection.execute(SYSTEM).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return None
    return row[0] if row else None


def _tables(connection: Connection) -> dict[str, TableSize]:
    try:
        with connection.transaction():
            tables, indexes = (connection.execute(query).fetchall() for query in ASKED)
    except psycopg.errors.LockNotAvailable:
        tables, indexes = (connection.execute(query).fetchall() for query in REMEMBERED)
    columns: dict[str, dict[str, ColumnSize]] = {}
    for table, name, *rest in connection.execute(COLUMNS).fetchall():
        columns.setdefault(table, {})[name] = ColumnSize(*rest)
    built: dict[str, dict[str, IndexSize]] = {}
    for table, name, keys, *rest in indexes:
        built.setdefault(table, {})[name] = IndexSize(tuple(keys), *rest)
    return {
        name: TableSize(rows, heap, index, columns.get(name, {}), built.get(name, {}))
        for name, rows, heap, index in tables
    }


def _from_document(document: dict[str, Any]) -> Statistics:
    rates = document.get("rates")
    return Statistics(
        database=str(document["database"]),
        revision=document["revision"],
        tables={str(name): _table(size) for name, size in document["tables"].items()},
        origin=Origin(**document.get("origin", {})),
        hidden=tuple(document.get("hidden", ())),
        sort_bytes=document.get("sort_bytes"),
        buffer_bytes=document.get("buffer_bytes"),
        rates=None if rates is None else Rates.from_json(rates),
        took={str(id): Took(**took) for id, took in document.get("took", {}).items()},
    )


def _table(document: dict[str, Any]) -> TableSize:
    columns = {name: ColumnSize(**each) for name, each in document.get("columns", {}).items()}
    indexes = {name: _index(**each) for name, each in document.get("indexes", {}).items()}
    return TableSize(document["rows"], document["bytes"], document["index_bytes"], columns, indexes)


def _index(*, columns: list[str], **rest: Any) -> IndexSize:
    return IndexSize(tuple(columns), **rest)
