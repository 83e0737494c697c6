"""The rules of the schema: names, tenancy, order of text, and indexes under foreign keys."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from dbkit.mock.rows.plausible import kind_of
from dbkit.models import ENTITIES, Base, Entity
from dbkit.models.entity import columns_in

TABLES = list(Base.metadata.tables.values())
INDEXES = sorted((index for table in TABLES for index in table.indexes), key=lambda index: str(index.name))
FOREIGN_KEYS = sorted((key for table in TABLES for key in table.foreign_key_constraints), key=lambda key: str(key.name))

NAMED_AFTER_WHAT_IT_IS = "uq_connections_identity_live"
# What the rows of a partial index have in common.
WORDS = {"active", "current", "due", "live", "open", "pending", "tokens", "watched"}
# Workers sweep these through all tenants, by time.
SWEPT = {"active", "due", "pending", "tokens", "watched"}
LED_BY_NO_TENANT = {
    "ix_revisions_integration_id_created_at",
    # Looked up before the tenant is known, or no two tenants may have the same.
    "uq_api_keys_key_hash",
    "uq_billing_accounts_billing_provider_billing_provider_ref",
    "uq_claimed_domains_domain",
    # Under a foreign key to builders, who are in no tenant.
    "ix_project_role_grants_builder_id",
    "ix_team_members_builder_id",
}
# Parents of these are deleted so rarely, or are so few in a tenant, that their references are looked for by a scan.
WITHOUT_AN_INDEX = {
    "fk_claimed_domains_claimed_by_builder_id",
    "fk_connections_provider",
    "fk_installations_integration_id",
    "fk_integrations_provider",
    "fk_invites_accepted_by_builder_id",
    "fk_provider_apps_client_secret_key_id",
    "fk_provider_apps_provider",
    "fk_subscriptions_installation_id",
}
TENANTS = {"organization_id", "project_id"}
GLOBAL = {"builders", "ingested_messages", "leases", "organizations", "outbox_events", "providers"}


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


def _word(index: Index) -> str | None:
    """Return the word at the end of an index's name for what its rows have in common, if it has one."""
    last = _name(index).rpartition("_")[2]
    return last if last in WORDS else None


def _keeps_what_is_there(index: Index, predicate: Any) -> bool:
    """Tell whether an index leaves out nothing but the NULLs of one of its columns."""
    assert index.table is not None
    return any(predicate.compare(index.table.c[name].is_not(None)) for name in _columns(index))


@pytest.mark.parametrize("index", INDEXES, ids=_name)
def test_names_of_indexes(index: Index) -> None:
    assert index.table is not None
    predicate, word = index.dialect_options["postgresql"]["where"], _word(index)
    if predicate is None:
        assert word is None
    else:
        assert word or _keeps_what_is_there(index, predicate)
        assert (word == "live") == ("deleted_at" in columns_in(predicate))
    if index.name == NAMED_AFTER_WHAT_IT_IS:
        return
    columns = _columns(index)
    # Columns that only order the others may be left out; a unique index names all.
    shortest = len(columns) if index.unique else 1
    named = ["_".join(columns[:count]) for count in range(shortest, len(columns) + 1)]
    prefix = f"{'uq' if index.unique else 'ix'}_{index.table.name}_"
    assert _name(index).removesuffix(f"_{word}") in {f"{prefix}{columns}" for columns in named}


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


def test_who_has_a_tenant() -> None:
    assert {entity.name for entity in ENTITIES if entity.tenant is None} == GLOBAL
    assert {entity.tenant for entity in ENTITIES if entity.tenant is not None} == TENANTS


def _first_columns(entity: Entity[Any, Any, Any]) -> Iterator[tuple[str, str]]:
    """Yield unique keys and indexes by name, each with the column that leads it."""
    yield from ((key.name, key.fields[0]) for key in entity.unique_keys.values() if key.fields != ("id",))
    yield from ((_name(index), _columns(index)[0]) for index in entity.table.indexes if _word(index) not in SWEPT)


def test_keys_and_indexes_lead_with_the_tenant() -> None:
    led = {name: column for entity in ENTITIES if entity.tenant for name, column in _first_columns(entity)}
    assert {name for name, column in led.items() if column not in TENANTS} == LED_BY_NO_TENANT


@pytest.mark.parametrize("index", [index for index in INDEXES if _word(index) in SWEPT and not index.unique], ids=_name)
def test_sweeps_go_by_time(index: Index) -> None:
    assert index.table is not None
    assert isinstance(index.table.c[_columns(index)[0]].type, DateTime)


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


def _is_enum(entity: Entity[Any, Any, Any], name: str) -> bool:
    kind = kind_of(entity.value, name)
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def _sorted_text(entity: Entity[Any, Any, Any]) -> Iterator[Column[Any]]:
    """Yield the text columns that identify, sort, or hold the members of an enum."""
    names = {name for key in entity.unique_keys.values() for name in key.fields}
    names |= {column.name for order in entity.orders.values() for column in order.columns}
    names |= {name for name in entity.fields if _is_enum(entity, name)}
    yield from (entity.table.c[name] for name in sorted(names) if isinstance(entity.table.c[name].type, Text))


@pytest.mark.parametrize("entity", ENTITIES, ids=str)
def test_text_that_sorts_is_ordered_by_code_point(entity: Entity[Any, Any, Any]) -> None:
    assert [column.name for column in _sorted_text(entity) if column.type.collation != "C"] == []


def test_deferrable_are_the_cycles_and_nothing_else() -> None:
    deferrable = {_name(each) for each in FOREIGN_KEYS if each.deferrable}
    assert deferrable == {
        "fk_organizations_default_team_id",
        "fk_integrations_latest_revision_id",
        "fk_installations_config_id",
    }
    assert all(each.initially == "DEFERRED" for each in FOREIGN_KEYS if each.deferrable)
