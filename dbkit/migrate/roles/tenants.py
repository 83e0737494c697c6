"""Which rows people see: those of the tenants that their session names, by policies that follow from the models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, SmallInteger, String, Table, Text, Uuid
from sqlalchemy.dialects import postgresql

from dbkit.migrate.roles.cast import OWN_POLICIES
from dbkit.models.entity import Entity
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Condition", "Policy", "Sight", "Tenancy", "Types", "holds_bytes"]

_EVERYBODY, _TENANTS = OWN_POLICIES
# The narrower types first: they are subclasses of the wider ones.
_KINDS: Final = (
    (SmallInteger, "smallint"),
    (BigInteger, "bigint"),
    (Integer, "integer"),
    (Uuid, "uuid"),
    (Text, "text"),
    (String, "character varying"),
)
_names = postgresql.dialect().identifier_preparer  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy of a table, as the catalogue has it: `command` is `*` or `r`, a role of "" is everybody."""

    name: str
    is_permissive: bool
    command: str
    roles: tuple[str, ...]
    using: str
    check: str | None = None


Place = tuple[str, str]
"""A table and a column of it."""

Types = Mapping[Place, str]
"""The types of a database's columns."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold of a row, as PostgreSQL writes it back, so that it compares.

    `{schema}` stands before a table's name, for nothing or for a schema and its dot. It compares a `column` with
    a type, or with another column's.
    """

    text: str
    column: Place
    like: str | Place

    def fits(self, types: Types) -> bool:
        """Tell whether a database has what is compared, which one behind the models may lack."""
        like = self.like if isinstance(self.like, str) else types.get(self.like)
        return like is not None and types.get(self.column) == like


@dataclass(frozen=True, slots=True)
class Sight:
    """What people see of a table: rows for which one of `conditions` holds, told in `words`."""

    words: str
    conditions: tuple[Condition, ...]

    def condition(self, types: Types, schema: str = "") -> str:
        """Return the whole of it, with tables of a schema that is given with its dot; what does not fit is left out."""
        parts = [each.text.format(schema=schema) for each in self.conditions if each.fits(types)]
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})" if parts else "false"

    def policies(self, people: str, types: Types) -> tuple[Policy, Policy]:
        """Return the policies that a table is to have.

        The first changes nothing for anybody: without one that permits, row-level security hides all
        rows. The second restricts, and is for people alone.
        """
        return (
            Policy(_EVERYBODY, True, "*", ("",), "true", "true"),  # noqa: FBT003
            Policy(_TENANTS, False, "r", (people,), self.condition(types)),  # noqa: FBT003
        )


class Tenancy:
    """What the models say of tenants. A tenant's column is one that some entity's filter has to bind.

    A row belongs to the tenants in its columns of these names, and a tenant's own row to that tenant.
    A row that belongs to none is seen where one refers to it that is seen.
    """

    def __init__(self, entities: Iterable[Entity[Any, Any, Any]]) -> None:
        self._tables = {entity.name: entity.table for entity in entities}
        self._columns = frozenset(entity.tenant for entity in entities if entity.tenant is not None)

    def __bool__(self) -> bool:
        """Tell whether there are tenants."""
        return bool(self._columns)

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings of a session in which people name tenants, separated by commas."""
        return tuple(sorted(map(_setting, self._columns)))

    @cached_property
    def sights(self) -> Mapping[str, Sight]:
        """What people see, by table; those that are missing they are not to read at all."""
        own = {name: sight for name, table in self._tables.items() if (sight := self._own(table)) is not None}
        readable = [self._tables[name] for name in own if not holds_bytes(self._tables[name])]
        others = [table for name, table in self._tables.items() if name not in own]
        return own | {table.name: sight for table in others if (sight := _referred(table, readable)) is not None}

    @cached_property
    def _roots(self) -> Mapping[str, Column[Any]]:
        """The keys of the tenants' own tables, by the columns that refer to them."""
        return {
            key.column_keys[0]: key.elements[0].column
            for table in self._tables.values()
            for key in table.foreign_key_constraints
            if len(key.elements) == 1
            and key.column_keys[0] in self._columns
            and key.referred_table.name in self._tables
        }

    def _own(self, table: Table) -> Sight | None:
        """Return what is seen of a table by what its rows themselves say."""
        carried = [column for column in table.columns if column.name in self._columns]
        conditions = [self._belongs(column) for column in carried]
        owned = [(name, key) for name, key in sorted(self._roots.items()) if key.table is table]
        conditions += [_is_named(key, name) for name, key in owned]
        words = ", ".join([*(column.name for column in carried), *(key.name for _, key in owned)])
        return Sight(words, tuple(conditions)) if conditions else None

    def _belongs(self, column: Column[Any]) -> Condition:
        """Return the condition that a row's tenant is seen: named itself, or by what it belongs to."""
        root = self._roots.get(column.name)
        if root is None or holds_bytes(root.table) or not self._columns & set(root.table.columns.keys()):
            return _is_named(column, column.name)
        # The subquery sees what the policy of that table lets it see, and is run once.
        return Condition(f"({_quoted(column.name)} = ANY (ARRAY( SELECT {_rows(root)})))", _place(column), _place(root))


def holds_bytes(table: Table) -> bool:
    """Tell whether a table has a column of bytes: ciphertexts, keys and hashes are such, and nothing for people."""
    return any(isinstance(column.type, LargeBinary) for column in table.columns)


def _referred(table: Table, by: Iterable[Table]) -> Sight | None:
    found = dict(_references(table, by))
    if not found:
        return None
    return Sight(f"of {', '.join(dict.fromkeys(each.table.name for each in found.values()))}", tuple(found))


def _references(table: Table, by: Iterable[Table]) -> Iterator[tuple[Condition, Column[Any]]]:
    """Yield the conditions that a row of some table refers to this one, each with the column that does."""
    for other in by:
        for key in other.foreign_key_constraints:
            if key.referred_table is table and len(key.elements) == 1:
                (element,) = key.elements
                text = f"({_quoted(element.column.name)} IN ( SELECT {_rows(element.parent)}))"
                yield Condition(text, _place(element.column), _place(element.parent)), element.parent


def _is_named(column: Column[Any], tenant: str) -> Condition:
    """Return the condition that the session names the tenant in a column."""
    name, array = _quoted(column.name), f"string_to_array(current_setting('{_setting(tenant)}'::text, true), ','::text)"
    kind = _kind(column)
    if kind == "text":
        text = f"({name} = ANY ({array}))"
    elif kind == "character varying":
        text = f"(({name})::text = ANY ({array}))"
    else:
        text = f"({name} = ANY (({array})::{kind}[]))"
    return Condition(text, _place(column), kind)


def _kind(column: Column[Any]) -> str:
    """Return a column's type as PostgreSQL names it; `ConfigurationInvalid` for one that cannot be read from a list."""
    for type_, name in _KINDS:
        if isinstance(column.type, type_):
            return name
    raise ConfigurationInvalid(
        f"{column} names a tenant, and is no uuid, text or whole number",
        advice="Say --every-tenant, and write policies for this table yourself.",
    )


def _place(column: Column[Any]) -> Place:
    return (column.table.name, column.name)


def _setting(tenant: str) -> str:
    return f"dbkit.{tenant}s"


def _rows(column: Column[Any]) -> str:
    table = _quoted(column.table.name)
    return f"{table}.{_quoted(column.name)} FROM {{schema}}{table}"


def _quoted(name: str) -> str:
    return _names.quote(name)
