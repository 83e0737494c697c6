"""Entities for the twin's own tests, made from tables that a test writes down."""

from __future__ import annotations

from typing import Any

from pydantic import create_model
from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase

from dbkit.models import Entity
from dbkit.types.filter import Filter
from dbkit.types.value import Value

CODE_POINT = Text(collation="C")
_STORED_ONLY = ("created_at", "updated_at", "deleted_at", "version")


def entities_of(metadata: MetaData, **filters: type[Filter]) -> tuple[Entity[Any, Any, Any], ...]:
    """Return an entity for each table, with the filters given by the tables' names."""

    class Base(DeclarativeBase):
        pass

    Base.metadata = metadata
    return tuple(_entity(Base, table, filters.get(table.name)) for table in metadata.tables.values())


def _entity(base: type[Any], table: Table, filter_: type[Filter] | None) -> Entity[Any, Any, Any]:
    model = type(table.name.title(), (base,), {"__table__": table})
    given = {c.name: (Any, None) for c in table.columns if c.name not in _STORED_ONLY and c.computed is None}
    rest = {c.name: (Any, None) for c in table.columns if c.name not in given}
    new: Any = create_model(f"New{table.name}", __base__=Value, **given)
    value: Any = create_model(table.name.title(), __base__=new, **rest)
    empty: Any = filter_ or create_model(f"{table.name}Filter", __base__=Filter)
    return Entity(model, new=new, value=value, filter=empty)


def table(name: str, metadata: MetaData, *parts: Any) -> Table:
    """Return a table with an integer `id` as its key."""
    key = Column("id", Integer, autoincrement=False, nullable=False)
    return Table(name, metadata, key, *parts, PrimaryKeyConstraint("id", name=f"pk_{name}"))


def reference(columns: str, target: str, **options: Any) -> ForeignKeyConstraint:
    """Return a foreign key of columns to the key `id` of a table, named after the columns."""
    return ForeignKeyConstraint(columns.split(), [f"{target}.id"], name=f"fk_{columns}", **options)


def books() -> MetaData:
    """Return a table with unique keys of several kinds, a check, soft delete and versions."""
    metadata = MetaData()
    found = table(
        "books",
        metadata,
        Column("title", CODE_POINT, nullable=False),
        Column("shelf", Integer),
        Column("place", Integer),
        Column("created_at", DateTime(timezone=True), server_default=func.now(), nullable=False),
        Column("version", Integer, server_default=text("1"), nullable=False),
        Column("deleted_at", DateTime(timezone=True)),
        UniqueConstraint("shelf", "place", name="uq_books_place"),
    )
    found.append_constraint(CheckConstraint(found.c.place > 0, name="ck_books_place"))
    live = found.c.deleted_at.is_(None)
    Index("uq_books_title_live", func.lower(found.c.title), unique=True, postgresql_where=live)
    return metadata
