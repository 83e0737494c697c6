"""All tables of a database with their indexes and foreign keys; the rules are read once and shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy import Table as SqlTable

from dbkit.events.rules import Emissions
from dbkit.memory.indexes import Index, State
from dbkit.memory.references import Reference, reference_of
from dbkit.memory.rows import Rows
from dbkit.memory.rules import TableReader, unknown_rule
from dbkit.memory.table import AnyEntity, Table
from dbkit.memory.telling import Teller
from dbkit.memory.versions import TableVersion
from dbkit.models.creation import foreign_keys_in_order
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Schema", "schema_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """What is done with the rows of each entity, the tables by their places, and the state without rows."""

    rows: Mapping[AnyEntity, Rows]
    tables: tuple[Table, ...]
    empty: State

    def of(self, entity: AnyEntity) -> Rows:
        """Return what is done with the rows of an entity, or raise `ConfigurationInvalid`."""
        rows = self.rows.get(entity)
        if rows is None:
            raise ConfigurationInvalid(
                f"{entity.name} is not among the entities of this database",
                entity=entity.name,
                advice="Declare it as a repository of the Database class.",
            )
        return rows


def schema_of(entities: Iterable[AnyEntity], emissions: Emissions | None = None) -> Schema:
    """Return the schema of these entities. Raises `ConfigurationInvalid` for a rule that cannot be evaluated."""
    return _schema(tuple(entities), emissions)


@lru_cache(maxsize=64)
def _schema(entities: tuple[AnyEntity, ...], emissions: Emissions | None) -> Schema:
    readers = {entity.name: TableReader(entity, place) for place, entity in enumerate(entities)}
    tables = {name: reader.read() for name, reader in readers.items()}
    for constraint in foreign_keys_in_order(_as_declared(entities)):
        reference = _reference(constraint, tables, readers)
        reference.table.references += (reference,)
        reference.target.referenced_by += (reference,)
    rows = {entity: Rows(tables[entity.name], _teller(entity, emissions, tables)) for entity in entities}
    empty = tuple(TableVersion.empty(tables[entity.name].primary) for entity in entities)
    return Schema(MappingProxyType(rows), tuple(tables.values()), empty)


def _teller(entity: AnyEntity, emissions: Emissions | None, tables: Mapping[str, Table]) -> Teller | None:
    events = None if emissions is None else emissions.of(entity)
    if emissions is None or events is None:
        return None
    table = tables[entity.name]
    table.tells = True
    return Teller(table, events, tables[emissions.outbox.name], tables)


def _as_declared(entities: tuple[AnyEntity, ...]) -> list[SqlTable]:
    """Return the tables as their metadata lists them: what no foreign key puts in order DDL creates in that one."""
    own = {entity.table for entity in entities}
    everything = dict.fromkeys(entity.table.metadata for entity in entities)
    return [table for metadata in everything for table in metadata.tables.values() if table in own]


def _reference(
    constraint: ForeignKeyConstraint, tables: Mapping[str, Table], readers: Mapping[str, TableReader]
) -> Reference:
    table = tables[constraint.table.name]
    rule = f"the foreign key {constraint.name}"
    target = tables.get(constraint.referred_table.name)
    if target is None:
        raise unknown_rule(table.entity, rule, f"{constraint.referred_table.name} is no entity of this database")
    try:
        return reference_of(constraint, table, target, _index_over(tuple(constraint.column_keys), table, readers))
    except ValueError as error:
        reason = str(error)
    raise unknown_rule(table.entity, rule, reason)


def _index_over(names: tuple[str, ...], table: Table, readers: Mapping[str, TableReader]) -> Index:
    """Return the index that finds rows by a foreign key's columns, a new one if need be."""
    wanted = frozenset(names)
    found = next((index for index in table.indexes if index.starts_with(wanted)), None)
    if found is None:
        found = readers[table.name].index_over(names)
        table.others += (found,)
    return found
