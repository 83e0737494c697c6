"""The database's schema, made from the models: until migrations take its place."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import MetaData, Table, TextClause, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import (
    AddConstraint,
    CreateIndex,
    CreateTable,
    ExecutableDDLElement,
    SetColumnComment,
    SetTableComment,
)

from dbkit.database._sync.transaction import BaseTransaction
from dbkit.database.connect import connect
from dbkit.database.url import MemoryTarget, resolve
from dbkit.models import Base
from dbkit.models.creation import foreign_keys_in_order, tables_in_order
from dbkit.models.partition import default_partition, is_partitioned
from dbkit.types.errors import SchemaMismatch

__all__ = [
    "SchemaOutcome",
    "SchemaReport",
    "create_schema",
    "create_tables",
    "partition_statements",
    "schema_sql",
    "schema_statements",
    "table_statements",
]

# Of this style, so that no percent sign is doubled: the driver gets a statement without parameters.
_DIALECT = PGDialect(paramstyle="named")  # type: ignore[no-untyped-call]
# Two that create at the same time take turns, and the second finds everything there.
_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtextextended('dbkit schema', 0))")
_PRESENT = text("SELECT name FROM unnest(CAST(:names AS text[])) AS name WHERE to_regclass(name) IS NOT NULL")


class SchemaOutcome(StrEnum):
    """What there was to do."""

    CREATED = "created"
    ALREADY_THERE = "already_there"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class SchemaReport:
    """What `create_schema` did to a database: with which tables, by name."""

    outcome: SchemaOutcome
    tables: tuple[str, ...]
    shown_as: str

    def __str__(self) -> str:
        count = f"{len(self.tables)} table{'' if len(self.tables) == 1 else 's'}"
        if self.outcome is SchemaOutcome.CREATED:
            return f"created {count} in {self.shown_as}"
        if self.outcome is SchemaOutcome.ALREADY_THERE:
            return f"nothing to do: {self.shown_as} has all {count}"
        return f"nothing to do: {self.shown_as} needs no schema"


def create_schema(
    url: str | None = None, *, env: str | None = None, metadata: MetaData = Base.metadata
) -> SchemaReport:
    """Create the tables of the models in one transaction; where all of them are there, do nothing.

    What to connect to is found as by `dbkit.connect`, whose errors it raises. `metadata` is that of
    the models, dbkit's own unless another is given. Tables that are there are not compared with the
    models. Raises `SchemaMismatch` where only some of them are, and `PermissionDenied`.
    """
    target = resolve(url, env, None, os.environ)
    if isinstance(target, MemoryTarget):
        return SchemaReport(SchemaOutcome.NOT_NEEDED, (), target.shown_as)
    with connect(url, env=env) as database, database.transaction() as tx:
        created = create_tables(tx, metadata)
    outcome = SchemaOutcome.CREATED if created else SchemaOutcome.ALREADY_THERE
    return SchemaReport(outcome, _names(metadata), target.shown_as)


def create_tables(tx: BaseTransaction, metadata: MetaData = Base.metadata) -> bool:
    """Create the tables in this transaction, and tell whether there was anything to do; errors as `create_schema`."""
    names = _names(metadata)
    tx.execute(_TAKE_TURNS)
    present = [row["name"] for row in tx.execute(_PRESENT, {"names": list(names)})]
    if present and len(present) < len(names):
        missing = [name for name in names if name not in present]
        raise SchemaMismatch(
            f"the database has the tables {', '.join(present)}, and lacks {', '.join(missing)}",
            advice="Create the schema in an empty database.",
        )
    if not present:
        for statement in schema_statements(metadata):
            tx.execute(_literally(statement))
    return not present


def schema_statements(metadata: MetaData = Base.metadata) -> list[str]:
    """Return the DDL of the models for PostgreSQL, statement by statement, in an order that runs.

    A partitioned table gets its default partition, which takes all rows until there are others.
    """
    return table_statements(metadata.tables.values())


def table_statements(chosen: Collection[Table]) -> list[str]:
    """Return the DDL of some tables, in an order that runs where the tables that they refer to are there."""
    tables = tables_in_order(chosen)
    statements: list[str] = []
    for table in tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements.append(_written(CreateTable(table, include_foreign_key_constraints=())))
        statements += [_written(CreateIndex(index)) for index in indexes]
        statements += [_partition(table)] if is_partitioned(table) else []
        statements += [_written(SetTableComment(table))] if table.comment else []
        statements += [_written(SetColumnComment(column)) for column in table.columns if column.comment]
    keys = foreign_keys_in_order(tables)
    return statements + [_written(AddConstraint(key, isolate_from_table=False)) for key in keys]


def partition_statements(metadata: MetaData) -> list[str]:
    """Return what makes the default partitions of partitioned tables, which SQLAlchemy does not make with them."""
    return [_partition(table) for table in metadata.sorted_tables if is_partitioned(table)]


def _written(element: ExecutableDDLElement) -> str:
    lines = str(element.compile(dialect=_DIALECT)).strip().splitlines()
    return "\n".join(line.strip(" ").replace("\t", "    ") for line in lines if line.strip())


def _partition(table: Table) -> str:
    preparer = _DIALECT.identifier_preparer
    name = preparer.quote(default_partition(table))
    schema = f"{preparer.quote_schema(table.schema)}." if table.schema else ""
    return f"CREATE TABLE {schema}{name} PARTITION OF {preparer.format_table(table)} DEFAULT"


def schema_sql(metadata: MetaData = Base.metadata) -> str:
    """Return the DDL of the models as a script, without BEGIN and COMMIT."""
    return "".join(f"{statement};\n\n" for statement in schema_statements(metadata)).rstrip() + "\n"


def _names(metadata: MetaData) -> tuple[str, ...]:
    """Return the tables' names as SQL writes them, parents before children."""
    preparer = _DIALECT.identifier_preparer
    return tuple(preparer.format_table(table) for table in metadata.sorted_tables)


def _literally(statement: str) -> TextClause:
    """Return the statement as it is: a colon in it names no parameter."""
    return text(statement.replace(":", "\\:"))
