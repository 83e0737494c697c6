"""Foreign keys as a test sees them: from the child's fields to a parent entity's fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ForeignKeyConstraint

from dbkit.models.entity import Entity

__all__ = ["AnyEntity", "Reference", "references_of"]

AnyEntity = Entity[Any, Any, Any]


@dataclass(frozen=True)
class Reference:
    """A foreign key. `action` is what a delete of the parent does, in SQL's words; `clears` what SET NULL clears."""

    name: str
    child: AnyEntity
    parent: AnyEntity
    fields: tuple[str, ...]
    targets: tuple[str, ...]
    action: str
    clears: tuple[str, ...]
    deferrable: bool

    @cached_property
    def is_required(self) -> bool:
        """Whether every row of the child has to refer to a parent."""
        return not any(self.child.table.c[field].nullable for field in self.fields)

    @property
    def is_in_tenant(self) -> bool:
        """Whether a tenant is a part of the reference, so that none can lead into another one."""
        return len(self.fields) > 1 and (self.child.tenant in self.fields or self.parent.tenant in self.targets)

    @cached_property
    def pointer(self) -> str:
        """The field that tells which parent is meant: the last, as the tenant comes first."""
        return self.fields[-1]

    def parent_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parent's fields that a child's row names."""
        return {target: row[field] for field, target in zip(self.fields, self.targets, strict=True)}

    def child_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the child's fields that name a parent's row."""
        return {field: row[target] for field, target in zip(self.fields, self.targets, strict=True)}


def references_of(entity: AnyEntity, entities: Sequence[AnyEntity]) -> list[Reference]:
    """Return an entity's foreign keys, the ones with fewest columns first."""
    by_table = {other.name: other for other in entities}
    found = []
    for constraint in entity.table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            found.append(_reference(entity, constraint, by_table))
    return sorted(found, key=lambda reference: (len(reference.fields), reference.name))


def _reference(entity: AnyEntity, constraint: ForeignKeyConstraint, by_table: Mapping[str, AnyEntity]) -> Reference:
    action = re.fullmatch(r"([A-Z ]+?)(?: \((.*)\))?", (constraint.ondelete or "NO ACTION").upper())
    assert action is not None, constraint.ondelete
    fields = tuple(constraint.column_keys)
    listed = re.findall(r"\w+", (constraint.ondelete or "").partition("(")[2])
    return Reference(
        name=str(constraint.name),
        child=entity,
        parent=by_table[constraint.referred_table.name],
        fields=fields,
        targets=tuple(element.column.name for element in constraint.elements),
        action=action[1],
        clears=(tuple(listed) or fields) if action[1] == "SET NULL" else (),
        deferrable=bool(constraint.deferrable),
    )
