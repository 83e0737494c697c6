"""Tables with a column of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import psycopg
from pydantic import create_model
from sqlalchemy import CheckConstraint, Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.schema import CreateIndex, CreateTable

from dbkit.models import Entity
from dbkit.types.filter import Filter
from dbkit.types.value import Value
from tests.equivalence.values.kinds import KINDS, Kind

__all__ = ["MIXED", "SHELF", "Shelf"]

AnyEntity: TypeAlias = Entity[Any, Any, Any]

_DIALECT = postgresql.dialect()


MIXED = ("label", "small", "money", "moment", "document", "code", "number", "whole", "flag", "token", "tags")
"""The fields of a value of many kinds, in its order."""


class Shelf:
    """All tables: of each kind one with indexes over it, one where it is unique, one where it is the key."""

    def __init__(self) -> None:
        self._metadata = MetaData()
        metadata = self._metadata

        class Base(DeclarativeBase):
            pass

        Base.metadata = metadata
        self._base = Base
        self.rows = {kind.name: self._rows(kind) for kind in KINDS}
        ordered = [kind for kind in KINDS if kind.is_ordered]
        self.unique = {kind.name: self._unique(kind) for kind in ordered}
        self.keyed = {kind.name: self._keyed(kind) for kind in ordered if kind.is_for_keys}
        self.mixed = self._mixed()

    @property
    def entities(self) -> tuple[AnyEntity, ...]:
        """All entities."""
        return (*self.rows.values(), *self.unique.values(), *self.keyed.values(), self.mixed)

    def create_tables(self, conninfo: str) -> None:
        """Create the tables in a database."""
        with psycopg.connect(conninfo, autocommit=True) as connection:
            for table in self._metadata.tables.values():
                connection.execute(str(CreateTable(table).compile(dialect=_DIALECT)))
                for index in sorted(table.indexes, key=lambda index: str(index.name)):
                    connection.execute(str(CreateIndex(index).compile(dialect=_DIALECT)))

    def _rows(self, kind: Kind) -> AnyEntity:
        name = f"{kind.name}_rows"
        table = self._table(name, Column("value", kind.type), Column("place", Integer), key="id")
        if kind.is_ordered:
            Index(f"ix_{name}_value", table.c.value)
            Index(f"ix_{name}_place_value", table.c.place, table.c.value.desc())
        return self._entity(table, {"value": kind})

    def _unique(self, kind: Kind) -> AnyEntity:
        name = f"{kind.name}_unique"
        unique = UniqueConstraint("value", name=f"uq_{name}_value")
        return self._entity(
            self._table(name, Column("value", kind.type), Column("place", Integer), unique, key="id"), {"value": kind}
        )

    def _keyed(self, kind: Kind) -> AnyEntity:
        value = Column("value", kind.type, autoincrement=False)
        return self._entity(
            self._table(f"{kind.name}_keyed", value, Column("place", Integer), key="value"), {"value": kind}
        )

    def _mixed(self) -> AnyEntity:
        # In another order than the value's fields, as a table is to which columns have been added.
        kinds = [kind for name in reversed(MIXED) for kind in KINDS if kind.name == name]
        table = self._table("mixed", *(Column(kind.name, kind.type) for kind in kinds), key="id")
        table.append_constraint(UniqueConstraint("whole", name="uq_mixed_whole"))
        table.append_constraint(CheckConstraint(table.c.whole != 7, name="ck_mixed_whole"))
        return self._entity(table, {kind.name: kind for kind in kinds})

    def _table(self, name: str, *parts: Any, key: str) -> Table:
        number = (Column("id", Integer, autoincrement=False),) if key == "id" else ()
        return Table(name, self._metadata, *number, *parts, PrimaryKeyConstraint(key, name=f"pk_{name}"))

    def _entity(self, table: Table, kinds: Mapping[str, Kind]) -> AnyEntity:
        # What is given is not looked at before the backends do.
        names = ["id", *MIXED] if table.name == "mixed" else list(table.columns.keys())
        anything: Any = dict.fromkeys(names, (Any, None))
        stored: Any = {name: (kind.annotation, None) for name, kind in kinds.items()}
        new = create_model(f"New{table.name}", __base__=Value, **anything)
        value = create_model(table.name.title(), __base__=new, **stored)
        filter_ = create_model(f"{table.name}Filter", __base__=Filter, **anything)
        model = type(table.name.title(), (self._base,), {"__table__": table})
        return Entity(model, new=new, value=value, filter=filter_)


SHELF = Shelf()
