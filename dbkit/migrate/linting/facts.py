"""What rules may know of a schema at one moment: tables, columns, constraints, indexes and what hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

import psycopg
from psycopg.rows import tuple_row

from dbkit.migrate.header import Lock
from dbkit.migrate.linting.facts_query import FACTS
from dbkit.migrate.table_locks import locks_of

__all__ = ["Column", "Constraint", "Facts", "Index", "Table", "facts_of"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` is as PostgreSQL writes it, `default` its expression."""

    name: str
    type: str
    collation: str
    not_null: bool
    default: str
    is_volatile: bool
    is_identity: bool
    is_generated: bool
    is_constrained: bool
    is_sequence: bool
    alignment: int
    length: int


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint; `kind` is PostgreSQL's letter for it, `index` what it holds its rule with."""

    name: str
    kind: str
    valid: bool
    columns: tuple[str, ...]
    target: str
    index: str
    definition: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index; a column that is an expression is an empty name.

    `rest` is what makes it no plain one, `file` changes when it is built anew.
    """

    name: str
    unique: bool
    primary: bool
    valid: bool
    columns: tuple[str, ...]
    rest: str
    predicate: str
    is_identity: bool
    file: int


@dataclass(frozen=True)
class Table:
    """A table, view or materialized view; `oid` stays the same when it is renamed, `file` changes with a rewrite.

    `scans` is how often all of its rows were read, so far. What no rule asks for tells whether a statement has
    changed anything.
    """

    oid: int
    name: str
    kind: str
    file: int
    scans: int
    parent: str
    is_default_partition: bool
    has_row_security: bool
    identity: str
    grantees: tuple[str, ...]
    columns: Mapping[str, Column]
    constraints: Mapping[str, Constraint]
    indexes: Mapping[str, Index]
    triggers: tuple[str, ...]
    policies: tuple[str, ...]
    reads: tuple[str, ...]
    locks: frozenset[Lock]
    """What the looking transaction itself holds on it."""

    @property
    def is_table(self) -> bool:
        """Whether rows are kept in it, itself or its partitions."""
        return self.kind in ("r", "p")

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The columns of its key; nothing where it has none."""
        return next((each.columns for each in self.constraints.values() if each.kind == "p"), ())


@dataclass(frozen=True)
class Facts:
    """The schema at one moment; `functions` are the names of its own ones."""

    tables: Mapping[str, Table]
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    domains: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    defaults_granted: tuple[str, ...] = ()
    schema: str = ""
    functions: frozenset[str] = frozenset()

    def with_seen(self, seen: Facts, names: frozenset[str]) -> Facts:
        """Return these facts where only the tables of some names were looked at again."""
        kept = {name: table for name, table in self.tables.items() if name not in names}
        return replace(seen, tables=kept | dict(seen.tables))

    def without_locks(self) -> Facts:
        """Return these facts when the transaction is over."""
        return replace(self, tables={name: replace(each, locks=frozenset()) for name, each in self.tables.items()})

    def table_of_index(self, name: str) -> Table | None:
        """Return the table that an index is on."""
        return self._by_index.get(name)

    def by_oid(self, oid: int) -> Table | None:
        """Return the table of this number, whatever its name is now."""
        return self._by_oid.get(oid)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all tables."""
        return frozenset(self._by_oid)

    @cached_property
    def _by_index(self) -> Mapping[str, Table]:
        return {index: table for table in self.tables.values() for index in table.indexes}

    @cached_property
    def _by_oid(self) -> Mapping[int, Table]:
        return {table.oid: table for table in self.tables.values()}


def facts_of(
    connection: psycopg.Connection[Any], without: tuple[str, ...], only: frozenset[str] | None = None
) -> Facts:
    """Read the schema through a connection, which sees what its own transaction has done so far.

    Tables are those of the names in `only`, or all but those of `without`.
    """
    names = {"without": list(without), "only": None if only is None else sorted(only)}
    row = psycopg.Cursor(connection, row_factory=tuple_row).execute(FACTS, names, prepare=True).fetchone()
    document = cast("dict[str, Any]", row[0] if row else {})
    return Facts(
        {each["name"]: _table(each) for each in document["tables"] or ()},
        {name: tuple(labels) for name, labels in (document["enums"] or {}).items()},
        {name: tuple(tables) for name, tables in (document["domains"] or {}).items()},
        tuple(document["defaults_granted"] or ()),
        document["schema"] or "",
        frozenset(document["functions"] or ()),
    )


def _table(document: dict[str, Any]) -> Table:
    return Table(
        oid=document["oid"],
        name=document["name"],
        kind=document["kind"],
        file=document["file"],
        scans=document["scans"],
        parent=document["parent"] or "",
        is_default_partition=document["is_default"],
        has_row_security=document["row_security"],
        identity=document["identity"],
        grantees=tuple(document["grantees"] or ()),
        columns={each["name"]: Column(**each) for each in document["columns"] or ()},
        constraints={each["name"]: Constraint(**_tupled(each)) for each in document["constraints"] or ()},
        indexes={each["name"]: Index(**_tupled(each)) for each in document["indexes"] or ()},
        triggers=tuple(document["triggers"] or ()),
        policies=tuple(document["policies"] or ()),
        reads=tuple(document["reads"] or ()),
        locks=frozenset(locks_of(document["locks"])),
    )


def _tupled(document: dict[str, Any]) -> dict[str, Any]:
    return document | {"columns": tuple(document["columns"] or ())}
