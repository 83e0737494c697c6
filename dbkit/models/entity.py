"""An entity: a value, a model and a filter, and what follows from them.

Everything that a backend, a generator or a check wants to know is read here from the SQLAlchemy
table and the pydantic classes; nothing is written down twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from itertools import count
from types import MappingProxyType
from typing import Any, Generic, TypeVar, get_args
from weakref import WeakValueDictionary

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Table, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.visitors import iterate

from dbkit.models.order import Order, orders_of
from dbkit.models.partition import is_partitioned, key_of_partition
from dbkit.models.unique import UniqueKey, unique_keys_of
from dbkit.types.filter import EveryTenant, Filter
from dbkit.types.value import StateEnum, Value

__all__ = ["Entity", "Verb", "known_entities"]

NewT = TypeVar("NewT", bound=Value)
ValueT = TypeVar("ValueT", bound=Value)
FilterT = TypeVar("FilterT", bound=Filter)


class Verb(StrEnum):
    """What a repository can do."""

    GET = "get"
    FIND = "find"
    GET_MANY = "get_many"
    EXISTS = "exists"
    PAGE = "page"
    ITERATE = "iterate"
    COUNT = "count"
    CREATE = "create"
    CREATE_MANY = "create_many"
    UPDATE = "update"
    UPSERT = "upsert"
    DELETE = "delete"
    RESTORE = "restore"
    PURGE = "purge"
    LOCK = "lock"


_OF_SOFT_DELETE = frozenset({Verb.RESTORE, Verb.PURGE})
_CHANGES = frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}) | _OF_SOFT_DELETE


class Entity(Generic[NewT, ValueT, FilterT]):
    """A kind of row. `without` names the verbs that the entity does not allow.

    Where none is left that changes or removes rows, there is no `lock` either.
    The columns `version`, `deleted_at` and `updated_at` have their meaning by name: optimistic
    version, soft delete, time of the last change. A column with `info={"immutable": True}` is
    never changed by an update, nor are the key's.
    """

    def __init__(
        self,
        model: type[DeclarativeBase],
        *,
        new: type[NewT],
        value: type[ValueT],
        filter: type[FilterT],
        without: frozenset[Verb] = frozenset(),
    ) -> None:
        self.model = model
        self.new = new
        self.value = value
        self.filter = filter
        table = model.__table__
        assert isinstance(table, Table)
        self.table: Table = table
        self.name: str = table.name
        self._without = without
        _known[next(_numbers)] = self

    def __repr__(self) -> str:
        return f"Entity({self.name})"

    @cached_property
    def singular(self) -> str:
        """The value's name in snake case: `audit_event`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.value.__name__).lower()

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The stored value's fields, which are the columns that are read, in the value's order."""
        return tuple(self.value.model_fields)

    @cached_property
    def new_fields(self) -> tuple[str, ...]:
        """The new value's fields, which are the columns that a create writes."""
        return tuple(self.new.model_fields)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The primary key's columns."""
        return tuple(column.name for column in self.table.primary_key.columns)

    @cached_property
    def key_parameters(self) -> tuple[str, ...]:
        """The names under which callers give the key: a plain `id` goes by the entity's name."""
        return tuple(f"{self.singular}_id" if name == "id" else name for name in self.key)

    @cached_property
    def tenant(self) -> str | None:
        """The column that a filter must bind, or give up by name with `EVERY_TENANT`."""
        for name, field in self.filter.model_fields.items():
            if EveryTenant in get_args(field.annotation):
                return name
        return None

    @cached_property
    def has_version(self) -> bool:
        """Whether updates are optimistic."""
        return "version" in self.table.c

    @cached_property
    def is_soft_deleted(self) -> bool:
        """Whether delete keeps the row, with `deleted_at` set."""
        return "deleted_at" in self.table.c

    @cached_property
    def has_updated_at(self) -> bool:
        """Whether each update sets `updated_at`."""
        return "updated_at" in self.table.c

    @cached_property
    def is_partitioned(self) -> bool:
        """Whether the rows live in partitions."""
        return is_partitioned(self.table)

    @cached_property
    def sealed(self) -> Mapping[str, str]:
        """The columns of sealed values, each with the column that says by which data key."""
        return MappingProxyType(
            {each.name: each.info["sealed_with"] for each in self.table.c if "sealed_with" in each.info}
        )

    @cached_property
    def numbered(self) -> tuple[str, ...]:
        """The columns that the server numbers: identities, and fields of the stored value only."""
        return tuple(column.name for column in self.table.c if column.identity is not None)

    @cached_property
    def generated(self) -> tuple[str, ...]:
        """The columns that the server computes from others: fields of the stored value only."""
        return tuple(column.name for column in self.table.c if column.computed is not None)

    @cached_property
    def has_numbered_key(self) -> bool:
        """Whether the server numbers a part of the key, so that a new value has none."""
        return any(name in self.numbered for name in self.key)

    @cached_property
    def verbs(self) -> frozenset[Verb]:
        """The verbs that the entity allows."""
        absent = self._without if self.is_soft_deleted else self._without | _OF_SOFT_DELETE
        # Of a partitioned table PostgreSQL does not say whether ON CONFLICT inserted or updated.
        verbs = frozenset(Verb) - absent - ({Verb.UPSERT} if self.is_partitioned else set())
        # PostgreSQL locks rows only for a role that may change them, and nobody may those that are only appended.
        return verbs if verbs & _CHANGES else verbs - {Verb.LOCK}

    @cached_property
    def changeable(self) -> tuple[str, ...]:
        """The fields that an update may change."""
        return tuple(
            name
            for name in self.new_fields
            if name not in self.key and not self.table.c[name].info.get("immutable", False)
        )

    @cached_property
    def lifecycles(self) -> Mapping[str, type[StateEnum]]:
        """The changeable fields that go through states, with their enums."""
        found: dict[str, type[StateEnum]] = {}
        for name in self.changeable:
            annotation = self.new.model_fields[name].annotation
            if isinstance(annotation, type) and issubclass(annotation, StateEnum):
                found[name] = annotation
        return MappingProxyType(found)

    @cached_property
    def orders(self) -> Mapping[str, Order]:
        """The orders that an index serves, by name; the first is the default."""
        return MappingProxyType(orders_of(self.table, self.tenant))

    @cached_property
    def default_order(self) -> str:
        """The order of the primary key."""
        return next(iter(self.orders))

    @cached_property
    def unique_keys(self) -> Mapping[str, UniqueKey]:
        """The primary key, unique constraints and unique indexes, by name."""
        return MappingProxyType(unique_keys_of(self.table))

    def key_of(self, value: Value) -> dict[str, object] | None:
        """Return the value's key as an error shows it; None for a new value whose key the server makes."""
        if self.has_numbered_key and not isinstance(value, self.value):
            return None
        return {
            parameter: getattr(value, name, None) for parameter, name in zip(self.key_parameters, self.key, strict=True)
        }

    def has_partition(self, table: str) -> bool:
        """Tell whether a table is named as the partitions of this one are: `<table>_...`."""
        return self.is_partitioned and table.startswith(f"{self.name}_")

    def constraint_of(self, name: str, table: str | None) -> str:
        """Return what the model calls a constraint that the server names, on this table or a partition of it."""
        if table is None or self.fields_of(name) or not self.has_partition(table):
            return name
        return key_of_partition(tuple(self.unique_keys.values()), table, name) or name

    def fields_of(self, constraint: str) -> tuple[str, ...]:
        """Return the fields that a constraint or unique index is about; none, if it is not of this table."""
        return self._fields_by_constraint.get(constraint, ())

    @cached_property
    def _fields_by_constraint(self) -> dict[str, tuple[str, ...]]:
        found = {name: key.fields for name, key in self.unique_keys.items()}
        for constraint in self.table.constraints:
            if isinstance(constraint, ForeignKeyConstraint):
                found[str(constraint.name)] = tuple(constraint.column_keys)
            elif isinstance(constraint, CheckConstraint):
                found[str(constraint.name)] = columns_in(constraint.sqltext)
            elif isinstance(constraint, UniqueConstraint):
                found[str(constraint.name)] = tuple(constraint.columns.keys())
        return found


_known: WeakValueDictionary[int, Entity[Any, Any, Any]] = WeakValueDictionary()
_numbers = count()


def known_entities() -> list[Entity[Any, Any, Any]]:
    """Return all entities of this process, the oldest first: for who has a table or a value and wants its entity."""
    return list(_known.values())


def columns_in(expression: Any) -> tuple[str, ...]:
    """Return the names of the columns in an expression, each once, in order of appearance."""
    names = [element.name for element in iterate(expression) if isinstance(element, Column)]
    return tuple(dict.fromkeys(names))
