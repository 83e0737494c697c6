"""What a new entity takes from the one that it is under: the columns of its key, and the tenant that both are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType

from sqlalchemy import Column, ForeignKeyConstraint, Text, Uuid

from dbkit.generate.package import AnyEntity
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["KeyColumn", "Parent", "find_parent"]


@dataclass(frozen=True, slots=True)
class KeyColumn:
    """A column that refers to a part of a parent's key: its name, the target's, and the type of both."""

    name: str
    target: str
    annotation: str
    module: str
    column: str


@dataclass(frozen=True, slots=True)
class Parent:
    """An entity that another one is under. `tenant_target` is the tenant's own table and column, if they are others."""

    table: str
    words: str
    tenant: KeyColumn
    others: tuple[KeyColumn, ...]
    tenant_target: str | None

    @property
    def columns(self) -> tuple[KeyColumn, ...]:
        """All columns that refer to it, the tenant's first."""
        return (self.tenant, *self.others)


def find_parent(entities: Sequence[AnyEntity], name: str) -> Parent:
    """Return the entity of this name, singular or plural, as a parent.

    Raises `ConfigurationInvalid` where there is none, or its key is not made of identifiers.
    """
    entity = next((each for each in entities if name in (each.singular, each.name)), None)
    if entity is None:
        known = ", ".join(each.singular for each in entities) or "none yet"
        raise ConfigurationInvalid(f"there is no entity {name}", advice=f"Entities: {known}.")
    columns = [_key_column(entity, column) for column in entity.table.primary_key.columns]
    tenant = next((each for each in columns if each.target == entity.tenant), columns[0])
    others = tuple(each for each in columns if each is not tenant)
    if others and tenant.target != entity.tenant:
        raise ConfigurationInvalid(
            f"{entity.name} have a key of several columns, and no tenant", advice="Write this entity by hand."
        )
    words = entity.singular.replace("_", " ")
    return Parent(entity.name, words, tenant, others, _target_of(entity, tenant.target))


def _key_column(entity: AnyEntity, column: Column[object]) -> KeyColumn:
    kind = entity.new.model_fields[column.name].annotation if column.name in entity.new.model_fields else None
    declared = "Identifier" if isinstance(column.type, Uuid) else "PlainText" if isinstance(column.type, Text) else ""
    if not isinstance(kind, NewType) or not declared:
        raise ConfigurationInvalid(
            f"{entity.name} have {column.name} in their key, which is no identifier (a NewType of UUID or text)",
            advice="Write this entity by hand.",
        )
    is_inherited = column.name == entity.tenant or bool(column.foreign_keys)
    name = column.name if is_inherited else f"{entity.singular}_{column.name}"
    return KeyColumn(name, column.name, str(kind.__name__), str(kind.__module__), declared)


def _target_of(entity: AnyEntity, tenant: str) -> str | None:
    """Return the table and column that the parent's tenant refers to, as a foreign key names them."""
    for constraint in entity.table.constraints:
        if isinstance(constraint, ForeignKeyConstraint) and constraint.column_keys == [tenant]:
            return constraint.elements[0].target_fullname
    return None
