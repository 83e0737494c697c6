"""The rules of the schema: names, tenancy, order of text, and indexes under foreign keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from dbkit.models import ENTITIES, Base, Entity
from dbkit.models.entity import columns_in

TABLES = list(Base.metadata.tables.values())
INDEXES = sorted((index for table in TABLES for index in table.indexes), key=lambda index: str(index.name))
FOREIGN_KEYS = sorted((key for table in TABLES for key in table.foreign_key_constraints), key=lambda key: str(key.name))

NAMED_AFTER_WHAT_IT_IS = "uq_connections_identity_live"
LED_BY_NO_TENANT = "ix_revisions_integration_id_created_at"
# Providers are a catalogue: one is deleted so rarely that its references are looked for by a scan.
WITHOUT_AN_INDEX = {"fk_connections_provider", "fk_integrations_provider"}
GLOBAL = {"organizations", "providers"}


def _name(each: Any) -> str:
    return str(each.name)


def _columns(index: Index) -> list[str]:
    """Return the columns of an index; `lower(x)` counts as `x`."""
    return [name for expression in index.expressions for name in columns_in(expression)]


def _of(table: Table, kind: type[Any]) -> list[Any]:
    return [constraint for constraint in table.constraints if isinstance(constraint, kind)]


@pytest.mark.parametrize("table", TABLES, ids=_name)
def test_names_of_constraints(table: Table) -> None:
    assert table.primary_key.name == f"pk_{table.name}"
    for foreign_key in _of(table, ForeignKeyConstraint):
        assert foreign_key.name == f"fk_{table.name}_{foreign_key.column_keys[-1]}"
    for unique in _of(table, Unique):
        assert unique.name == f"uq_{table.name}_{'_'.join(unique.columns.keys())}"
    for check in _of(table, CheckConstraint):
        assert check.name.startswith(f"ck_{table.name}_")


@pytest.mark.parametrize("index", INDEXES, ids=_name)
def test_names_of_indexes(index: Index) -> None:
    assert index.table is not None
    predicate = index.dialect_options["postgresql"]["where"]
    live = predicate is not None and predicate.compare(index.table.c.deleted_at.is_(None))
    assert _name(index).endswith("_live") == live
    if index.name == NAMED_AFTER_WHAT_IT_IS:
        return
    columns = _columns(index)
    # Columns that only order the others may be left out; a unique index names all.
    shortest = len(columns) if index.unique else 1
    named = ["_".join(columns[:count]) for count in range(shortest, len(columns) + 1)]
    prefix = f"{'uq' if index.unique else 'ix'}_{index.table.name}_"
    assert _name(index).removesuffix("_live") in {f"{prefix}{columns}" for columns in named}


def test_names_fit_and_are_told_apart() -> None:
    names = [_name(each) for table in TABLES for each in (*table.constraints, *table.indexes)]
    assert len(names) == len(set(names))
    assert [name for name in names if len(name.encode()) > 63] == []


def test_the_exception_would_not_fit() -> None:
    [index] = [index for index in INDEXES if index.name == NAMED_AFTER_WHAT_IT_IS]
    assert len(f"uq_connections_{'_'.join(_columns(index))}_live") > 63


@pytest.mark.parametrize("foreign_key", FOREIGN_KEYS, ids=_name)
def test_references_stay_in_their_tenant(foreign_key: ForeignKeyConstraint) -> None:
    [first, *_], referred = foreign_key.columns, foreign_key.referred_table
    tenants = {"project_id", "organization_id"} & set(referred.primary_key.columns.keys())
    if tenants:
        assert foreign_key.elements[0].column.name in tenants
        assert first.name in {*tenants, "id"}


@pytest.mark.parametrize("entity", ENTITIES, ids=str)
def test_keys_and_indexes_lead_with_the_tenant(entity: Entity[Any, Any, Any]) -> None:
    if entity.name in GLOBAL:
        assert entity.tenant is None
        return
    keys = [key.fields for key in entity.unique_keys.values() if key.fields != ("id",)]
    indexes = [_columns(index) for index in entity.table.indexes if index.name != LED_BY_NO_TENANT]
    assert {columns[0] for columns in (*keys, *indexes)} == {entity.tenant}


def _leading(table: Table) -> Iterator[tuple[list[str], bool]]:
    """Yield the columns of each index that holds every row with a non-null key, and whether it is unique."""
    for constraint in table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | Unique):
            yield constraint.columns.keys(), True
    for index in table.indexes:
        predicate = index.dialect_options["postgresql"]["where"]
        columns = _columns(index)
        if predicate is None or any(predicate.compare(table.c[name].is_not(None)) for name in columns):
            yield columns, bool(index.unique)


def _is_served(foreign_key: ForeignKeyConstraint) -> bool:
    """Tell whether an index finds the rows that refer to one row."""
    wanted = set(foreign_key.column_keys)
    return any(
        wanted == set(columns[: len(wanted)]) or (unique and set(columns) <= wanted)
        for columns, unique in _leading(foreign_key.table)
    )


def test_foreign_keys_are_served_by_an_index() -> None:
    assert {_name(each) for each in FOREIGN_KEYS if not _is_served(each)} == WITHOUT_AN_INDEX


def _sorted_text(entity: Entity[Any, Any, Any]) -> Iterator[Column[Any]]:
    """Yield the text columns that identify, sort, or hold the members of an enum."""
    names = {name for key in entity.unique_keys.values() for name in key.fields}
    names |= {column.name for order in entity.orders.values() for column in order.columns}
    names |= {name for check in _of(entity.table, CheckConstraint) for name in columns_in(check.sqltext)}
    yield from (entity.table.c[name] for name in sorted(names) if isinstance(entity.table.c[name].type, Text))


@pytest.mark.parametrize("entity", ENTITIES, ids=str)
def test_text_that_sorts_is_ordered_by_code_point(entity: Entity[Any, Any, Any]) -> None:
    assert [column.name for column in _sorted_text(entity) if column.type.collation != "C"] == []


def test_deferrable_are_the_cycles_and_nothing_else() -> None:
    deferrable = {_name(each) for each in FOREIGN_KEYS if each.deferrable}
    assert deferrable == {"fk_organizations_default_team_id", "fk_integrations_latest_revision_id"}
    assert all(each.initially == "DEFERRED" for each in FOREIGN_KEYS if each.deferrable)
